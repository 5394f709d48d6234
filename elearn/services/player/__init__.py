"""Playing: launches, tokens, the writer lease, commits and navigation of one attempt."""
