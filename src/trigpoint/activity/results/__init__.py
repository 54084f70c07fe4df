"""What a run of the activity model answers: trajectories with bands, bridge, schemes, beds, value, warnings."""
