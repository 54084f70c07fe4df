"""Reports on a plan's finance: JSON answers, printed tables, a workbook with formulas, the section of a paper."""
