"""QIPP, CIP and efficiency schemes: effects, gates, forecasts, double counting."""
