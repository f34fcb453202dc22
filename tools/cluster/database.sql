-- What every database of ours starts with; also in template1, so that the owner can make test databases.
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER DEFAULT PRIVILEGES FOR ROLE anzhi_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO anzhi_app;
ALTER DEFAULT PRIVILEGES FOR ROLE anzhi_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO anzhi_app;
ALTER DEFAULT PRIVILEGES FOR ROLE anzhi_owner IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO anzhi_app;
-- Under row-level security an operator may use an index only when it cannot leak what it compares.
-- Overlap and text match raise no error that tells a value; the claim is ours to make, and only a superuser's.
ALTER FUNCTION geometry_overlaps(geometry, geometry) LEAKPROOF;
ALTER FUNCTION ts_match_vq(tsvector, tsquery) LEAKPROOF;
