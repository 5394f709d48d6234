"""ADL's conformance cases on a real server, through the real pages."""
