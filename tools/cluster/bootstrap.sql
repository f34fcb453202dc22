-- Run by the superuser after the first start, and again when this file or PostGIS changes. Repeatable.
-- :owner_pw and :app_pw come from var/secrets.json.
SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'anzhi_owner') AS no_owner,
       NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'anzhi_app') AS no_app \gset
\if :no_owner
  CREATE ROLE anzhi_owner LOGIN CREATEDB;
\endif
\if :no_app
  -- NOINHERIT: a policy for a role it may switch to must not apply before it does.
  CREATE ROLE anzhi_app LOGIN NOBYPASSRLS NOINHERIT;
\endif
ALTER ROLE anzhi_owner PASSWORD :'owner_pw';
ALTER ROLE anzhi_app PASSWORD :'app_pw';
GRANT anzhi_app TO anzhi_owner;
\c template1
\ir database.sql
SELECT format('CREATE DATABASE %I OWNER anzhi_owner', :'name')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
\c :name
\ir database.sql
