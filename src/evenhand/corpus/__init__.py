"""Published decisions: kept as lines of JSON, found by full-text search with facets, counted."""
