"""Anzhi (安置): one network and three platforms for resettlement offices."""
