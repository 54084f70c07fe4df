"""Word documents → ``Document``; ``document`` is the way in."""
