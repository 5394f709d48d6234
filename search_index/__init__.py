"""Full-text search for Vietnamese learning materials: normalisation, fields, queries, facets, engines."""
