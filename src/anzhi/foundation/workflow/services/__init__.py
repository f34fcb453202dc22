"""Writes of the workflow: definitions, acts on cases, desks, interventions, the sweep."""
