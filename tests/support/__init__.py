"""Factories and helpers shared by the tests of several rooms."""
