"""Data of the triangulation: tolerances, and what the lines of a plan are called in its finance."""
