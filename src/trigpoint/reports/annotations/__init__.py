"""Findings written into the author's own file, where the words they object to stand: one module a format."""
