"""Writes: the register of projects, and their milestones."""
