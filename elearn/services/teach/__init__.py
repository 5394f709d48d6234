"""Teach mode: a teacher presents a material to a class, and the server counts the time."""
