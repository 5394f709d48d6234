"""Tables over real packages, for people: not collected by pytest."""
