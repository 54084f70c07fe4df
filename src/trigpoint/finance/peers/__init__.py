"""Benchmarking against similar organisations, with honest uncertainty."""
