-- What of PostgreSQL is hidden: functions, operators and types that Redshift does not document move to the schema redshift_pg, where
-- the stand-in's own scripts and the queries of the catalogue find them. So PostgreSQL itself says that they do not exist, overload by
-- overload, in the words of Redshift. The table documented holds functions.csv.
-- Its script names bytea, so it comes first.
create extension pgcrypto schema redshift;
create schema redshift_pg;
grant usage on schema redshift_pg to public;

-- Names that PostgreSQL's own grammar needs (LIKE … ESCAPE, SIMILAR TO), that the stand-in's own statements call in a client's session,
-- and the input and output of types, which drivers compare by name and which take no value of SQL.
create temp table needed (name text);
insert into needed values ('like_escape'), ('similar_escape'), ('similar_to_escape'), ('to_regclass');
insert into needed select typinput::text from pg_type union select typoutput::text from pg_type;

update pg_catalog.pg_proc p set pronamespace = 'redshift_pg'::regnamespace
where pronamespace = 'pg_catalog'::regnamespace
  and (left(proname, 3) <> 'pg_' or proname in ('pg_sleep', 'pg_sleep_for', 'pg_sleep_until', 'pg_notify') or proname like '%advisory%')
  and proname not in (select name from needed)
  and not exists (select from documented f where f.name = p.proname
                  and (f.postgres = '*' or coalesce(nullif(oidvectortypes(p.proargtypes), ''), '()') = any (string_to_array(f.postgres, '; '))));

-- Types: json, jsonb, uuid and so on are found by their numbers only; SUPER and VARBYTE are domains over two of them.
create temp table hidden_type as
select oid from pg_type
where typnamespace = 'pg_catalog'::regnamespace
  and (typname in ('json', 'jsonb', 'jsonpath', 'uuid', 'bytea', 'money', 'xml', 'inet', 'cidr', 'macaddr', 'macaddr8', 'tsvector', 'tsquery',
                   'gtsvector', 'point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle', 'pg_lsn', 'txid_snapshot', 'pg_snapshot', 'bit', 'varbit')
       or typtype in ('r', 'm'));
insert into hidden_type select typarray from pg_type where oid in (select oid from hidden_type) and typarray <> 0;
update pg_catalog.pg_type set typnamespace = 'redshift_pg'::regnamespace where oid in (select oid from hidden_type);

-- Operators of hidden types, but for the comparisons of SUPER and VARBYTE; of arrays; and those that no page of Redshift lists:
-- https://docs.aws.amazon.com/redshift/latest/dg/pattern-matching-conditions-posix.html has ~ and !~ only.
update pg_catalog.pg_operator set oprnamespace = 'redshift_pg'::regnamespace
where oprnamespace = 'pg_catalog'::regnamespace
  and ((oprleft in (select oid from hidden_type) or oprright in (select oid from hidden_type))
           and not (oprleft = oprright and oprleft in ('redshift_pg.jsonb'::regtype, 'redshift_pg.bytea'::regtype)
                    and oprname in ('=', '<>', '<', '>', '<=', '>='))
           and not (oprname = '||' and oprleft = 'redshift_pg.bytea'::regtype)
       or exists (select from pg_type where oid in (oprleft, oprright)
                  and typname in ('anyarray', 'anycompatiblearray', 'anyrange', 'anymultirange', 'anycompatiblerange', 'anyenum'))
           -- PostgreSQL 8.0 has it, and psql's \d+ asks with it; arrays are only in the catalogue.
           and not (oprname = '||' and oprleft = 'anycompatiblearray'::regtype and oprright = 'anycompatiblearray'::regtype)
       or oprname in ('~*', '!~*', '^@', '~<~', '~<=~', '~>~', '~>=~', '*=', '*<>', '*<', '*>', '*<=', '*>='));

-- pgjdbc's getPrimaryKeys, getIndexInfo and getBestRowIdentifier call it, and views of information_schema; its body named what moved.
create or replace function information_schema._pg_expandarray(in anyarray, out x anyelement, out n int) returns setof record
    language sql immutable strict parallel safe as 'select * from redshift_pg.unnest($1) with ordinality';

set search_path = pg_catalog, redshift_pg;
