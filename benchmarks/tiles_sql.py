"""700,000 points strewn round the counties' own places, the cells that count them, and bare tiles as a floor."""

from anzhi.foundation.access.operations import RowSecurity

# a third lies close to a few towns of its county, as villages do
POINTS = """
CREATE TABLE bench_point AS
SELECT p.code AS region_code, ST_SetSRID(ST_MakePoint(ST_X(p.at) + (r1 - 0.5) * p.wide * near, ST_Y(p.at) +
  (r2 - 0.5) * p.high * near), 3857)::geometry(Point, 3857) AS shape
FROM generate_series(1, %(points)s) i
CROSS JOIN LATERAL (SELECT (abs(hashint8(i * 7)) %% 100000) / 1e5 AS r1, (abs(hashint8(i * 11)) %% 100000) / 1e5 AS r2,
  CASE WHEN i %% 3 = 0 THEN 0.1 ELSE 0.9 END AS near) made
JOIN (
  SELECT row_number() OVER (ORDER BY region_id) - 1 AS n, count(*) OVER () AS several, region_id::varchar(12) AS code,
    ST_PointOnSurface(geometry_3857) AS at, ST_XMax(geometry_3857) - ST_XMin(geometry_3857) AS wide,
    ST_YMax(geometry_3857) - ST_YMin(geometry_3857) AS high
  FROM regions_boundary WHERE level = 'county' AND band = 8 AND valid_to IS NULL
) p ON p.n = i %% p.several
"""
DEEPEST = 12  # of the cells; from the next zoom on every point is drawn itself
SIDE = "(40075016.685578488 / (64 * 2 ^ {z}))"  # a cell is a 64th of a tile
CELLS = """
INSERT INTO bench_cell SELECT {z}, region_code, sum(n), ST_SetSRID(ST_MakePoint(sum(ST_X(shape) * n) / sum(n),
  sum(ST_Y(shape) * n) / sum(n)), 3857)
FROM {source} GROUP BY region_code, floor(ST_X(shape) / {side}), floor(ST_Y(shape) / {side})
"""
FINER = "(SELECT * FROM bench_cell WHERE z = {z}) p"
MADE = ("bench_point", "bench_cell")
MAKE = [
    POINTS,
    'ALTER TABLE bench_point ALTER region_code TYPE varchar(12) COLLATE "C"',
    'CREATE TABLE bench_cell (z int, region_code varchar(12) COLLATE "C", n bigint, shape geometry(Point, 3857))',
    *(
        CELLS.format(
            z=z,
            side=SIDE.format(z=z),
            source="(SELECT *, 1 AS n FROM bench_point) p" if z == DEEPEST else FINER.format(z=z + 1),
        )
        for z in range(DEEPEST, 5, -1)
    ),
    "CREATE INDEX ON bench_point USING gist (shape)",
    "CREATE INDEX ON bench_cell USING gist (z, shape)",
    *(RowSecurity(table).sql for table in MADE),
    *(f"GRANT SELECT ON {table} TO anzhi_app" for table in MADE),
]
ROWS = """
SELECT 1 AS n, region_code, shape FROM bench_point WHERE region_code >= %(low)s AND region_code < %(high)s
"""
COUNTED = """
SELECT n, region_code, shape FROM bench_cell
WHERE z = %(z)s AND region_code >= %(low)s AND region_code < %(high)s
"""
SOME = "SELECT region_code, ST_Transform(shape, 4326) FROM bench_point LIMIT %(count)s"
# where there is something: tiles of the points, or of the borders
TILES = """
SELECT DISTINCT floor((ST_X(shape) + 20037508.342789244) / ({side} * 64))::int,
  floor((20037508.342789244 - ST_Y(shape)) / ({side} * 64))::int
FROM bench_cell WHERE bench_cell.z = 10 ORDER BY 1, 2
"""
PLAIN = {
    "county": """
SELECT geometry_3857 AS shape FROM regions_boundary WHERE level = 'county' AND valid_to IS NULL
AND band = CASE WHEN %(z)s <= 6 THEN 6 WHEN %(z)s <= 8 THEN 8 WHEN %(z)s <= 10 THEN 10 ELSE 24 END""",
    "sites": "SELECT name, point_3857 AS shape FROM sites_resettlementsite",
    "bench": "SELECT shape FROM bench_point",
    "counted": "SELECT shape FROM bench_cell WHERE z = %(z)s",
}
HELD = """
SELECT count(*) FROM bench_point, ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS edge WHERE shape && edge
AND ST_X(shape) >= ST_XMin(edge) AND ST_X(shape) < ST_XMax(edge)
AND ST_Y(shape) >= ST_YMin(edge) AND ST_Y(shape) < ST_YMax(edge)
"""
BARE = """
SELECT ST_AsMVT(drawn) FROM (
  SELECT ST_AsMVTGeom(shape, ST_TileEnvelope(%(z)s, %(x)s, %(y)s)) AS geom FROM ({rows}) r
  WHERE shape && ST_TileEnvelope(%(z)s, %(x)s, %(y)s)) drawn
"""
