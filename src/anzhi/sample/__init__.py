"""The sample province: real regions and projects, invented money, always the same."""
