"""Hydropower and reservoir projects: what they are, where they stand, which milestones they passed.

What nobody knows stays unknown and is listed; no date is invented.
"""
