"""Data packs of the checks."""
