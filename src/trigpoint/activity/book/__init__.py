"""The folder ``activity`` of a workspace: what was counted, what is assumed, and how the model is to be run."""
