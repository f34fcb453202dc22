"""省情看板: the state of an area in thirty seconds, from panels that the apps hand in."""
