"""Activity: what the year will come to, what it would be if nothing were done, and what a plan makes of it.

The first room is here: ``outturn``, the forecast of a year from its first months.
"""
