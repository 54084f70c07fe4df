"""PDF files → ``Document``; ``document`` is the way in."""
