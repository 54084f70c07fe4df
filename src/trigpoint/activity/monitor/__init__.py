"""Plan against actual as months arrive: how far off, why, and what the year will come to now."""
