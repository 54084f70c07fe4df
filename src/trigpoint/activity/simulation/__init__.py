"""Cells × months × draws: expected values first, then noise; the bridge and the schemes of the same draws."""
