"""Workbooks: Excel (.xlsx, .xlsm, .xlsb, .xls) and OpenDocument (.ods) → ``Document``; ``document`` is the way in."""
