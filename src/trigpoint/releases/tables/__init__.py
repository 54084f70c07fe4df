"""What every reader does with rows: find the header, read the preamble, make periods and numbers of cells."""
