"""Record-level activity: its schema, made-up records of any size, and the cells that records are pooled into."""
