"""The New Hospital Programme's model in its pooled form: the same distribution, for comparison and for its users."""
