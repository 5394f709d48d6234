"""Packages played by a machine in a real browser, through the ordinary pages, to whatever outcome they have."""
