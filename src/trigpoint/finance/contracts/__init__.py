"""Contracts and their payment mechanisms: what is paid for any activity, at the margin, and who bears it."""
