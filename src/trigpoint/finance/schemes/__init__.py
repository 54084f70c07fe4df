"""Savings schemes: what they plan, have saved and will save, and the gates they pass (``scheme_year``,
``scheme_book``)."""
