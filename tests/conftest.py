"""Makes the folder of the tests importable, so that they can share ``strategies``."""
