"""Tables that people fill in: a folder of CSV files of a workspace and the same tables as an Excel template, row by row
and cell by cell, so that every mistake is told with its place. What a table means is the affair of its own package."""
