"""Figures: each defined once, for every region and period, and each with the list of rows that it sums."""
