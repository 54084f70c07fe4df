"""Worked answers of finance: plain CSV files without a manifest, told apart by how their names begin."""
