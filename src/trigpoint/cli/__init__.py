"""The command line: each module reads options, calls the core, and prints what it gives; no logic of its own."""
