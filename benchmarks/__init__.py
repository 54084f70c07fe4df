"""Speed claims, each a ratio to a named reference on the same work in the same run: `make bench`."""
