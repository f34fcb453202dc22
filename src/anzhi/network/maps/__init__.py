"""Layers of the map: vector tiles straight from PostGIS, cut to the scope of who asks, and 一张图 that shows them."""
