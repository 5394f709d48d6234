"""The catalogue of teaching software a department runs on: titles, licences, releases, decisions, targets."""
