"""Resource limit, spend, surplus, underlying position, and the bridges between them."""
