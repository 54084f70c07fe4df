"""One module a release: what its files look like, and how their figures become observations.

Each module has one name for others, ``RELEASE``; ``registry`` lists them.
"""
