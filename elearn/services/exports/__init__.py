"""Taking materials out: which of a selection may leave, under which names, as a ZIP or a Common Cartridge."""
