"""Reading ZIP archives that nobody vouches for: verify once at intake, then serve only what was verified."""
