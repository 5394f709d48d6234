"""Our own cases in the form of `cases.json`, written from the SN book, one behaviour each."""
