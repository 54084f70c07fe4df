"""What is assumed of the future: growth, interventions, populations, scenarios. Values only; nothing is read here."""
