"""The rules: each service takes a session and an identity, flushes and never commits."""
