"""A filled template on its way in: kept as it was sent, shown beside what is there, then accepted or discarded.

Shared by the models that have one (activity, finance); each has a table of its own for what was sent to it.
"""
