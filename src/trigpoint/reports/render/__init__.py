"""Renderers: the only part of the reports that makes bytes and writes files."""
