-- Views that SQL clients read when they draw their trees. Columns as in "System tables and views reference",
-- https://docs.aws.amazon.com/redshift/latest/dg/cm_chap_system-tables.html; what the stand-in has not (external tables, roles,
-- libraries) is empty.
create view redshift.user_table as
select current_database()::varchar as database_name, n.nspname::varchar as schema_name, c.relname::varchar as table_name,
       case c.relkind when 'v' then 'VIEW' when 'm' then 'MATERIALIZED VIEW' else 'TABLE' end::varchar as table_type,
       array_to_string(c.relacl, ',')::varchar as table_acl, coalesce(obj_description(c.oid, 'pg_class'), '')::varchar as remarks, c.oid as table_oid
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'v', 'm') and n.nspname not in ('redshift', 'redshift_pg', 'pg_toast');
create view redshift.user_column as
select t.database_name, t.schema_name, t.table_name, a.attname::varchar as column_name, a.attnum::int as ordinal_position,
       format_type(a.atttypid, a.atttypmod)::varchar as data_type, pg_get_expr(d.adbin, d.adrelid)::varchar as column_default,
       case when a.attnotnull then 'NO' else 'YES' end::varchar as is_nullable,
       information_schema._pg_char_max_length(a.atttypid, a.atttypmod)::int as character_maximum_length,
       information_schema._pg_numeric_precision(a.atttypid, a.atttypmod)::int as numeric_precision,
       information_schema._pg_numeric_scale(a.atttypid, a.atttypmod)::int as numeric_scale,
       array_to_string(a.attacl, ',')::varchar as column_acl, coalesce(col_description(a.attrelid, a.attnum), '')::varchar as remarks
from redshift.user_table t join pg_attribute a on a.attrelid = t.table_oid and a.attnum > 0 and not a.attisdropped
     left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum;
create view redshift.user_schema as
select current_database()::varchar as database_name, nspname::varchar as schema_name, nspowner::int as schema_owner, 'local'::varchar as schema_type,
       array_to_string(nspacl, ',')::varchar as schema_acl, ''::varchar as source_database, ''::varchar as schema_option
from pg_namespace where nspname not in ('redshift', 'redshift_pg', 'pg_toast') and nspname not like 'pg\_toast\_temp%' escape '\';

create view pg_catalog.svv_all_tables as
select database_name, schema_name, table_name, table_acl, table_type, remarks from redshift.user_table;
create view pg_catalog.svv_redshift_tables as
select database_name, schema_name, table_name, table_type, table_acl, remarks from redshift.user_table;
create view pg_catalog.svv_all_columns as
select database_name, schema_name, table_name, column_name, ordinal_position, column_default, is_nullable, data_type,
       character_maximum_length, numeric_precision, numeric_scale, remarks from redshift.user_column;
create view pg_catalog.svv_redshift_columns as
select database_name, schema_name, table_name, column_name, ordinal_position, data_type, column_default, is_nullable,
       'none'::varchar as encoding, false as distkey, 0 as sortkey, column_acl, remarks from redshift.user_column;
create view pg_catalog.svv_all_schemas as
select database_name, schema_name, schema_owner, schema_type, schema_acl, source_database, schema_option from redshift.user_schema;
create view pg_catalog.svv_redshift_schemas as
select database_name, schema_name, schema_owner, schema_type, schema_acl, schema_option from redshift.user_schema;
create view pg_catalog.svv_redshift_databases as
select datname::varchar as database_name, datdba::int as database_owner, 'local'::varchar as database_type,
       array_to_string(datacl, ',')::varchar as database_acl, ''::varchar as database_options, 'Snapshot Isolation'::varchar as database_isolation_level
from pg_database where not datistemplate and datname <> 'postgres';

create view pg_catalog.svv_external_tables as
select ''::varchar as redshift_database_name, ''::varchar as schemaname, ''::varchar as tablename, ''::varchar as tabletype, ''::varchar as location,
       ''::varchar as input_format, ''::varchar as output_format, ''::varchar as serialization_lib, ''::varchar as serde_parameters, 0 as compressed,
       ''::varchar as parameters where false;
create view pg_catalog.svv_external_columns as
select ''::varchar as redshift_database_name, ''::varchar as schemaname, ''::varchar as tablename, ''::varchar as columnname,
       ''::varchar as external_type, 0 as columnnum, 0 as part_key, ''::varchar as is_nullable where false;
create view pg_catalog.svv_external_databases as
select 0 as eskind, ''::varchar as esoptions, ''::varchar as databasename, ''::varchar as location, ''::varchar as parameters where false;
create view pg_catalog.svv_roles as
select 0 as role_id, ''::varchar as role_name, ''::varchar as role_owner, ''::varchar as external_id where false;
create view pg_catalog.svv_default_privileges as
select ''::varchar as schema_name, ''::varchar as object_type, 0 as owner_id, ''::varchar as owner_name, ''::varchar as owner_type,
       ''::varchar as privilege_type, 0 as grantee_id, ''::varchar as grantee_name, ''::varchar as grantee_type, false as admin_option where false;
create view pg_catalog.pg_library as
select ''::name as name, 0::oid as language_oid, 0 as file_store_id, 0 as owner where false;

create view pg_catalog.svv_relation_privileges as
select p.table_schema::varchar as namespace_name, p.table_name::varchar as relation_name, p.privilege_type::varchar as privilege_type,
       coalesce(u.usesysid::int, 0) as identity_id, p.grantee::varchar as identity_name,
       case p.grantee when 'PUBLIC' then 'public' else 'user' end::varchar as identity_type, p.is_grantable = 'YES' as admin_option
from information_schema.table_privileges p left join pg_user u on u.usename = p.grantee
where p.table_schema not in ('redshift', 'pg_catalog', 'information_schema');
create view pg_catalog.pg_user_info as
select usename, usesysid, usecreatedb, usesuper, usesuper as usecatupd, passwd, valuntil, useconfig, 'UNLIMITED'::text as useconnlimit,
       'RESTRICTED'::text as syslogaccess, null::timestamp as last_ddl_ts, 0 as sessiontimeout, ''::text as external_user_id
from pg_user where usename <> 'postgres';
create view pg_catalog.svv_user_info as
select usename::varchar as user_name, usesysid::int as user_id, usecreatedb as createdb, usesuper as superuser, usecatupd as catalog_update,
       useconnlimit::varchar as connection_limit, syslogaccess::varchar as syslog_access, last_ddl_ts as last_ddl_timestamp,
       sessiontimeout as session_timeout, external_user_id::varchar as external_user_id
from pg_user_info;

-- A user sees its own statements.
create view pg_catalog.stv_recents as
select usesysid::int as userid, case state when 'active' then 'Running' else 'Done' end::char(20) as status, query_start::timestamp as starttime,
       (extract(epoch from coalesce(case state when 'active' then statement_timestamp() else state_change end, query_start) - query_start) * 1000000)::int
           as duration,
       usename::char(50) as user_name, datname::char(50) as db_name, left(query, 600)::char(600) as query,
       case state when 'active' then pid else -1 end as pid
from pg_stat_activity where backend_type = 'client backend' and usename = current_user and query <> '';
-- One node with two slices.
create view pg_catalog.stv_slices as select 0 as node, n as slice, n as localslice, 'D'::char(1) as type from unnest(array[0, 1]) as n;

-- The tables of the load errors' ids: https://docs.aws.amazon.com/redshift/latest/dg/system-tables-for-troubleshooting-data-loads.html
-- and r_STV_TBL_PERM.html. All rows are on one slice.
create view pg_catalog.stv_tbl_perm as
select 0 as slice, c.oid::int as id, c.relname::char(72) as name, pg_stat_get_live_tuples(c.oid) as rows,
       pg_stat_get_live_tuples(c.oid) as sorted_rows, case c.relpersistence when 't' then 1 else 0 end as temp,
       (select oid::int from pg_database where datname = current_database()) as db_id, 1 as insert_pristine, 1 as delete_pristine, 1 as backup,
       case left(redshift.distribution(c.oid), 3) when 'KEY' then 1 when 'ALL' then 8 when 'EVE' then 0 else 10 end as dist_style,
       ceil(pg_relation_size(c.oid) / 1048576.0)::int as block_count
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'redshift', 'redshift_pg');
-- https://docs.aws.amazon.com/redshift/latest/dg/r_STL_FILE_SCAN.html
create view pg_catalog.stl_file_scan as
select redshift.user_id(line ->> 'user_name') as userid, (line ->> 'query_id')::int as query, 0 as slice,
       left(line ->> 'file_name', 90)::char(90) as name, (line ->> 'lines')::bigint as lines, (line ->> 'bytes')::bigint as bytes,
       redshift.micros((line ->> 'end_time')::timestamptz::timestamp) - redshift.micros((line ->> 'start_time')::timestamptz::timestamp) as loadtime,
       (line ->> 'end_time')::timestamptz::timestamp as curtime, 0 as is_partial, 0::bigint as start_offset
from redshift.lines('files');

grant select on pg_catalog.stv_tbl_perm, pg_catalog.stl_file_scan, pg_catalog.svv_all_tables, pg_catalog.svv_redshift_tables, pg_catalog.svv_all_columns, pg_catalog.svv_redshift_columns,
    pg_catalog.svv_all_schemas, pg_catalog.svv_redshift_schemas, pg_catalog.svv_redshift_databases, pg_catalog.svv_external_tables,
    pg_catalog.svv_external_columns, pg_catalog.svv_external_databases, pg_catalog.svv_roles, pg_catalog.svv_default_privileges,
    pg_catalog.pg_library, pg_catalog.svv_relation_privileges, pg_catalog.pg_user_info, pg_catalog.svv_user_info,
    pg_catalog.stv_recents, pg_catalog.stv_slices to public;
