"""Readers fed with what a fuzzer makes of small valid files: `python -m tests.fuzz.run html 60`. Needs `atheris`."""
