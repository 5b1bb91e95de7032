-- Views of the catalogue that Redshift has and PostgreSQL has not.
-- The standard's view calls domains USER-DEFINED. The words of SHOW COLUMNS.
do $$
declare
    given text := pg_get_viewdef('information_schema.columns'::regclass);
    shown text := replace(given, '''USER-DEFINED''::text',
                          'case t.typname when ''varbyte'' then ''binary varying'' else format_type(a.atttypid, null) end');
begin
    if shown = given then
        raise exception 'information_schema.columns has another shape: %', given;
    end if;
    execute 'create or replace view information_schema.columns as ' || shown;
end $$;
create view pg_catalog.svv_tables as
select table_catalog::varchar, table_schema::varchar, table_name::varchar, table_type::varchar, ''::varchar as table_acl, ''::varchar as remarks
from information_schema.tables where table_schema not in ('redshift', 'redshift_pg');
create view pg_catalog.svv_columns as
select table_catalog::varchar, table_schema::varchar, table_name::varchar, column_name::varchar, ordinal_position::int, column_default::varchar,
       is_nullable::varchar, data_type::varchar, character_maximum_length::int, numeric_precision::int, numeric_precision_radix::int,
       numeric_scale::int, datetime_precision::int, ''::varchar as remarks
from information_schema.columns where table_schema not in ('redshift', 'redshift_pg');
create view pg_catalog.svv_external_schemas as
select 0 as esoid, 0::smallint as eskind, ''::varchar as schemaname, 0 as esowner, ''::varchar as databasename, ''::varchar as esoptions where false;
create view pg_catalog.svv_table_info as
select current_database()::varchar as database, n.nspname::varchar as schema, c.oid::int as table_id, c.relname::varchar as "table",
       'Y'::varchar as encoded, redshift.distribution(c.oid)::varchar as diststyle, (redshift.sort_columns(c.oid))[1]::varchar as sortkey1, null::int as max_varchar, null::varchar as sortkey1_enc,
       cardinality(redshift.sort_columns(c.oid)) as sortkey_num, ceil(pg_relation_size(c.oid) / 1048576.0)::bigint as size, 0::numeric(10,4) as pct_used, 0::bigint as empty,
       null::numeric(5,2) as unsorted, 0::numeric(5,2) as stats_off, pg_stat_get_live_tuples(c.oid)::numeric(38,0) as tbl_rows,
       null::numeric(19,2) as skew_sortkey1, null::numeric(19,2) as skew_rows, pg_stat_get_live_tuples(c.oid)::numeric(38,0) as estimated_visible_rows,
       null::varchar as risk_event, null::numeric(12,2) as vacuum_sort_benefit
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'redshift', 'redshift_pg') and n.nspname not like 'pg\_t%';
create view pg_catalog.pg_table_def as
select n.nspname as schemaname, c.relname as tablename, a.attname as "column", format_type(a.atttypid, a.atttypmod) as type,
       redshift.encoding(c.oid, a.attnum, a.atttypid)::varchar as encoding, redshift.is_distkey(c.oid, a.attnum) as distkey,
       redshift.sort_position(c.oid, a.attnum) as sortkey, a.attnotnull as notnull
from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relkind = 'r' and pg_table_is_visible(c.oid);
grant select on pg_catalog.svv_tables, pg_catalog.svv_columns, pg_catalog.svv_external_schemas, pg_catalog.svv_table_info,
    pg_catalog.pg_table_def to public;

-- What clients see of the catalogue: constraints without the stand-in's own, and the functions as older drivers ask for them.
create view redshift.pg_constraint as
select tableoid, * from pg_catalog.pg_constraint where left(conname, 14) <> 'caravan_bytes_';
grant select on redshift.pg_constraint to public;
create view pg_catalog.pg_proc_info as
select oid as prooid, proname, pronamespace, proowner, prolang, prokind = 'a' as proisagg, prosecdef, proisstrict, proretset, provolatile,
       pronargs, prorettype, proargtypes, proargnames, proargmodes, proallargtypes, prosrc, probin, proacl, prokind
from pg_catalog.pg_proc;
grant select on pg_catalog.pg_proc_info to public;
