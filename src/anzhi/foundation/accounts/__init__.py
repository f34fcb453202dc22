"""Agencies, posts, grants, and the people who log in."""
