"""Risks and mitigations: net risk, cases, and the probability of meeting the control total."""
