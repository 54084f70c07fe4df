"""Business rules of a planning round, and what a plan makes of them."""
