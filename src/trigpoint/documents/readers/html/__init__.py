"""HTML pages → ``Document``; ``document`` is the way in."""
