"""Bytes of a file → ``Document``: one module a format, all limits in ``limits``, the format told by content."""
