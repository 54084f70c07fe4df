"""Finance: allocation and budget, business rules, schemes, risks, contracts and what they pay, and peers.

Money is ``Decimal`` pounds, exact, and comes out in whole pence by one rounding (``finance.money``). One convention of
signs: cost is positive, a saving negative, a surplus positive.
"""
