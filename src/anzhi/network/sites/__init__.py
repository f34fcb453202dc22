"""Resettlement sites: where the moved people live, what is built there, who is responsible."""
