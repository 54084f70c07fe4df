"""Trigpoint reads a health system's operational plan, checks it, and prints the committee papers."""
