-- What Redshift has and PostgreSQL has not. Runs once, in template1, as the superuser.
-- Objects in pg_catalog are found whatever the search path is; their functions need allow_system_table_mods.
set allow_system_table_mods = on;
set standard_conforming_strings = on;

create schema redshift;
grant usage on schema redshift to public;
-- Redshift lets every user create objects in public.
grant create, usage on schema public to public;

create domain pg_catalog.super as jsonb;
create domain pg_catalog.varbyte as bytea;

-- VARCHAR(n) and CHAR(n) count bytes: PostgreSQL counts characters, so every such column gets a check that counts bytes.
create function redshift.too_long(type text, length int) returns boolean language plpgsql volatile as $$
begin
    raise exception 'value too long for type %(%)', type, length using errcode = '22001';
end $$;

-- PRIMARY KEY and UNIQUE are informational: their indexes stop being unique.
create function redshift.after_ddl() returns event_trigger language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$
declare
    command record;
    actions text;
begin
    for command in
        select distinct objid from pg_event_trigger_ddl_commands() where classid = 'pg_class'::regclass and objid is not null
    loop
        -- One ALTER TABLE, which fires this trigger once more; it then finds nothing to do.
        select string_agg(action, ', ') into actions from (
            select format('drop constraint %I', conname) as action from pg_constraint
            where conrelid = command.objid and contype = 'c' and left(conname, 14) = 'caravan_bytes_'
              and not exists (select from pg_attribute a where a.attrelid = conrelid and not a.attisdropped
                              and conname = 'caravan_bytes_' || a.attnum || '_' || (a.atttypmod - 4))
            union all
            select format('add constraint %I check (case when pg_catalog.octet_length(%I) > %s then redshift.too_long(%L, %s) else true end)',
                          'caravan_bytes_' || a.attnum || '_' || (a.atttypmod - 4), a.attname, a.atttypmod - 4,
                          case a.atttypid when 'varchar'::regtype then 'character varying' else 'character' end, a.atttypmod - 4)
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            where a.attrelid = command.objid and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
              and a.atttypid in ('varchar'::regtype, 'bpchar'::regtype) and a.atttypmod > 4
              and not exists (select from pg_constraint where conrelid = a.attrelid
                              and conname = 'caravan_bytes_' || a.attnum || '_' || (a.atttypmod - 4))) needed;
        if actions is not null then
            execute format('alter table %s %s', command.objid::regclass, actions);
        end if;
        update pg_index set indisunique = false
        where indisunique and (indrelid = command.objid or indexrelid = command.objid)
          and indrelid in (select oid from pg_class where relkind = 'r' and relnamespace <> 'pg_catalog'::regnamespace);
    end loop;
end $$;

create function pg_catalog.getdate() returns timestamp language sql stable as $$ select statement_timestamp()::timestamp(0) $$;
create function pg_catalog.redshift_sysdate() returns timestamp language sql stable as $$ select now()::timestamp $$;

create function redshift.version() returns text language sql immutable as $$
    select 'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), Redshift 1.0.99999 (Caravan sandbox stand-in)'
$$;

create aggregate pg_catalog.listagg(text, text) (sfunc = string_agg_transfn, stype = internal, finalfunc = string_agg_finalfn);
create function pg_catalog.len(text) returns int language sql immutable strict as $$ select length($1) $$;
create function pg_catalog.len(bytea) returns int language sql immutable strict as $$ select length($1) $$;
create function pg_catalog.charindex(text, text) returns int language sql immutable strict as $$ select strpos($2, $1) $$;
create function pg_catalog.trunc(timestamp) returns date language sql immutable strict as $$ select $1::date $$;
create function pg_catalog.json_parse(text) returns pg_catalog.super language sql immutable strict as $$ select $1::jsonb::super $$;
create function pg_catalog.json_serialize(jsonb) returns varchar language sql immutable strict as $$ select $1::text::varchar $$;
create function pg_catalog.from_varbyte(bytea, text) returns varchar language sql immutable strict as $$
    select case lower($2) when 'hex' then encode($1, 'hex') when 'base64' then encode($1, 'base64') else convert_from($1, 'UTF8') end $$;
create function pg_catalog.to_varbyte(text, text) returns pg_catalog.varbyte language sql immutable strict as $$
    select case lower($2) when 'hex' then decode($1, 'hex') when 'base64' then decode($1, 'base64') else convert_to($1, 'UTF8') end $$;
create function pg_catalog.nvl2(anyelement, anycompatible, anycompatible) returns anycompatible language sql immutable as $$
    select case when $1 is not null then $2 else $3 end $$;

create function redshift.strtol(digits text, base int) returns bigint language plpgsql immutable strict as $$
declare
    text_ text := lower(trim(digits));
    negative boolean := left(text_, 1) = '-';
    value numeric := 0;
    digit int;
begin
    if base < 2 or base > 36 then
        raise exception 'invalid base % for strtol: must be between 2 and 36', base using errcode = '22023';
    end if;
    text_ := ltrim(text_, '+-');
    if base = 16 and left(text_, 2) = '0x' then
        text_ := substr(text_, 3);
    end if;
    for i in 1 .. length(text_) loop
        digit := strpos('0123456789abcdefghijklmnopqrstuvwxyz', substr(text_, i, 1)) - 1;
        if digit < 0 or digit >= base then
            raise exception 'The input % is not valid to be converted to base %', digits, base using errcode = '22P02';
        end if;
        value := value * base + digit;
    end loop;
    return (case when negative then -value else value end)::bigint;
end $$;
-- The digest calls it with up to 15 hexadecimal digits for every value, so that case is one expression.
create function pg_catalog.strtol(text, int) returns bigint language sql immutable as $$
    select case when $2 = 16 and length($1) between 1 and 15 and $1 ~ '^[0-9a-fA-F]+$'
                then ('x' || lpad($1, 16, '0'))::bit(64)::bigint else redshift.strtol($1, $2) end $$;

-- DATEDIFF counts the boundaries of the unit that lie between: https://docs.aws.amazon.com/redshift/latest/dg/r_DATEDIFF_function.html
create function redshift.unit(text) returns text language sql immutable strict as $$
    select case lower($1)
        when 'y' then 'year' when 'yr' then 'year' when 'yrs' then 'year' when 'years' then 'year'
        when 'qtr' then 'quarter' when 'qtrs' then 'quarter' when 'quarters' then 'quarter'
        when 'mon' then 'month' when 'mons' then 'month' when 'months' then 'month'
        when 'w' then 'week' when 'weeks' then 'week'
        when 'd' then 'day' when 'days' then 'day'
        when 'h' then 'hour' when 'hr' then 'hour' when 'hrs' then 'hour' when 'hours' then 'hour'
        when 'm' then 'minute' when 'min' then 'minute' when 'mins' then 'minute' when 'minutes' then 'minute'
        when 's' then 'second' when 'sec' then 'second' when 'secs' then 'second' when 'seconds' then 'second'
        when 'ms' then 'millisecond' when 'msec' then 'millisecond' when 'msecs' then 'millisecond' when 'msecond' then 'millisecond'
        when 'mseconds' then 'millisecond' when 'millisec' then 'millisecond' when 'millisecs' then 'millisecond'
        when 'millisecon' then 'millisecond' when 'milliseconds' then 'millisecond'
        when 'us' then 'microsecond' when 'usec' then 'microsecond' when 'usecs' then 'microsecond' when 'microsec' then 'microsecond'
        when 'microsecs' then 'microsecond' when 'microsecond' then 'microsecond' when 'microseconds' then 'microsecond'
        else lower($1) end $$;
create function redshift.micros(timestamp) returns bigint language sql immutable strict as $$
    select (extract(epoch from date_trunc('second', $1)) * 1000000)::bigint
         + (extract(microseconds from $1)::bigint % 1000000) $$;
create function redshift.floor_div(bigint, bigint) returns bigint language sql immutable strict as $$
    select ($1 - ((($1 % $2) + $2) % $2)) / $2 $$;
create function pg_catalog.datediff(text, timestamp, timestamp) returns bigint language plpgsql immutable strict as $$
begin
    return case redshift.unit($1)
        when 'microsecond' then redshift.micros($3) - redshift.micros($2)
        when 'millisecond' then redshift.floor_div(redshift.micros($3), 1000) - redshift.floor_div(redshift.micros($2), 1000)
        when 'second' then redshift.floor_div(redshift.micros($3), 1000000) - redshift.floor_div(redshift.micros($2), 1000000)
        when 'minute' then redshift.floor_div(redshift.micros($3), 60000000) - redshift.floor_div(redshift.micros($2), 60000000)
        when 'hour' then redshift.floor_div(redshift.micros($3), 3600000000) - redshift.floor_div(redshift.micros($2), 3600000000)
        when 'day' then ($3::date - $2::date)::bigint
        -- Weeks begin on Sunday; 2000-01-02 was one.
        when 'week' then redshift.floor_div($3::date - date '2000-01-02', 7) - redshift.floor_div($2::date - date '2000-01-02', 7)
        when 'month' then redshift.months($3) - redshift.months($2)
        when 'quarter' then redshift.floor_div(redshift.months($3), 3) - redshift.floor_div(redshift.months($2), 3)
        when 'year' then (extract(year from $3) - extract(year from $2))::bigint
        else redshift.unknown_unit($1) end;
end $$;
create function redshift.months(timestamp) returns bigint language sql immutable strict as $$
    select (extract(year from $1) * 12 + extract(month from $1) - 1)::bigint $$;
create function redshift.unknown_unit(text) returns bigint language plpgsql volatile as $$
begin
    raise exception 'unit "%" not recognized', $1 using errcode = '22023';
end $$;
create function pg_catalog.datediff(text, date, date) returns bigint language sql immutable strict as $$ select datediff($1, $2::timestamp, $3::timestamp) $$;
create function pg_catalog.datediff(text, timestamptz, timestamptz) returns bigint language sql immutable strict as $$
    select datediff($1, $2 at time zone 'UTC', $3 at time zone 'UTC') $$;
create function pg_catalog.datediff(text, time, time) returns bigint language sql immutable strict as $$
    select datediff($1, date '2000-01-01' + $2, date '2000-01-01' + $3) $$;

create function pg_catalog.dateadd(text, bigint, timestamp) returns timestamp language plpgsql immutable strict as $$
begin
    return case redshift.unit($1)
        when 'microsecond' then $3 + $2 * interval '1 microsecond'
        when 'millisecond' then $3 + $2 * interval '1 millisecond'
        when 'second' then $3 + $2 * interval '1 second'
        when 'minute' then $3 + $2 * interval '1 minute'
        when 'hour' then $3 + $2 * interval '1 hour'
        when 'day' then $3 + $2 * interval '1 day'
        when 'week' then $3 + $2 * interval '7 days'
        when 'month' then $3 + $2 * interval '1 month'
        when 'quarter' then $3 + $2 * interval '3 months'
        when 'year' then $3 + $2 * interval '1 year'
        else $3 + redshift.unknown_unit($1) * interval '1 day' end;
end $$;
create function pg_catalog.dateadd(text, bigint, date) returns timestamp language sql immutable strict as $$ select dateadd($1, $2, $3::timestamp) $$;
create function pg_catalog.dateadd(text, bigint, timestamptz) returns timestamptz language sql immutable strict as $$
    select dateadd($1, $2, $3 at time zone 'UTC') at time zone 'UTC' $$;
create function pg_catalog.add_months(timestamp, bigint) returns timestamp language sql immutable strict as $$ select dateadd('month', $2, $1) $$;
create function pg_catalog.last_day(timestamp) returns date language sql immutable strict as $$
    select (date_trunc('month', $1) + interval '1 month' - interval '1 day')::date $$;
create function pg_catalog.convert_timezone(text, text, timestamp) returns timestamp language sql stable strict as $$
    select $3 at time zone $1 at time zone $2 $$;
create function pg_catalog.convert_timezone(text, timestamp) returns timestamp language sql stable strict as $$
    select $2 at time zone 'UTC' at time zone $1 $$;
create function pg_catalog.convert_timezone(text, timestamptz) returns timestamp language sql stable strict as $$ select $2 at time zone $1 $$;

-- What the facade writes about loads: lines of JSON, outside any transaction.
create function redshift.lines(file text) returns table (n bigint, line jsonb) language sql volatile security definer
    set search_path = pg_catalog, pg_temp as $$
    select ordinality, text::jsonb
    from unnest(string_to_array(coalesce(pg_read_file('caravan/' || file || '.jsonl', true), ''), chr(10))) with ordinality as t (text, ordinality)
    where text <> '' $$;
create function redshift.session_fact(name text, absent bigint) returns bigint language sql volatile security definer
    set search_path = pg_catalog, pg_temp as $$
    select coalesce((pg_read_file('caravan/session_' || pg_backend_pid() || '.json', true)::jsonb ->> name)::bigint, absent) $$;
create function pg_catalog.pg_last_copy_id() returns bigint language sql volatile as $$ select redshift.session_fact('copy_id', -1) $$;
create function pg_catalog.pg_last_copy_count() returns bigint language sql volatile as $$ select redshift.session_fact('copy_count', 0) $$;
create function pg_catalog.pg_last_unload_id() returns bigint language sql volatile as $$ select redshift.session_fact('unload_id', -1) $$;
create function pg_catalog.pg_last_unload_count() returns bigint language sql volatile as $$ select redshift.session_fact('unload_count', 0) $$;
create function pg_catalog.pg_last_query_id() returns bigint language sql volatile as $$ select redshift.session_fact('query_id', -1) $$;

create function redshift.user_id(text) returns int language sql stable as $$ select usesysid::int from pg_user where usename = $1 $$;
create function redshift.table_id(text) returns int language sql stable as $$ select oid::int from pg_class where relname = $1 and relkind = 'r' limit 1 $$;

create view pg_catalog.sys_load_history as
select redshift.user_id(line ->> 'user_name') as user_id, (line ->> 'query_id')::bigint as query_id, (line ->> 'query_id')::bigint as transaction_id,
       (line ->> 'session_id')::int as session_id, (line ->> 'database_name')::text as database_name, (line ->> 'status')::text as status,
       (line ->> 'table_name')::text as table_name, (line ->> 'start_time')::timestamptz::timestamp as start_time,
       (line ->> 'end_time')::timestamptz::timestamp as end_time,
       redshift.micros((line ->> 'end_time')::timestamptz::timestamp) - redshift.micros((line ->> 'start_time')::timestamptz::timestamp) as duration,
       (line ->> 'data_source')::text as data_source, 'Parquet'::text as file_format, (line ->> 'loaded_rows')::bigint as loaded_rows,
       (line ->> 'loaded_bytes')::bigint as loaded_bytes, (line ->> 'source_file_count')::int as source_file_count,
       (line ->> 'loaded_bytes')::bigint as source_file_bytes, (line ->> 'source_file_count')::int as file_count_scanned,
       (line ->> 'loaded_bytes')::bigint as file_bytes_scanned, (line ->> 'error_count')::bigint as error_count, -1::bigint as copy_job_id
from (select distinct on (line ->> 'query_id') line from redshift.lines('loads') order by line ->> 'query_id', n desc) latest;

create view pg_catalog.sys_load_error_detail as
select redshift.user_id(line ->> 'user_name') as user_id, (line ->> 'query_id')::bigint as query_id, (line ->> 'query_id')::bigint as transaction_id,
       (line ->> 'session_id')::int as session_id, rpad(line ->> 'database_name', 64)::char(64) as database_name,
       redshift.table_id(line ->> 'table_name') as table_id, (line ->> 'end_time')::timestamptz::timestamp as start_time,
       (line ->> 'file_name')::char(256) as file_name, (line ->> 'line_number')::bigint as line_number,
       (line ->> 'column_name')::char(127) as column_name, (line ->> 'column_type')::char(10) as column_type,
       (line ->> 'column_length')::char(10) as column_length, 0 as "position", (line ->> 'error_code')::int as error_code,
       left(line ->> 'error_message', 512)::char(512) as error_message
from redshift.lines('errors');

create view pg_catalog.sys_load_detail as
select redshift.user_id(line ->> 'user_name') as user_id, (line ->> 'query_id')::bigint as query_id, 0 as slice,
       (line ->> 'session_id')::int as session_id, (line ->> 'query_id')::bigint as transaction_id,
       left(line ->> 'file_name', 256)::char(256) as file_name, (line ->> 'rows')::bigint as lines_scanned, (line ->> 'bytes')::bigint as bytes_scanned
from redshift.lines('files');

create view pg_catalog.stl_load_errors as
select redshift.user_id(line ->> 'user_name') as userid, 0 as slice, redshift.table_id(line ->> 'table_name') as tbl,
       (line ->> 'end_time')::timestamptz::timestamp as starttime, (line ->> 'session_id')::int as session, (line ->> 'query_id')::int as query,
       left(line ->> 'file_name', 256)::char(256) as filename, (line ->> 'line_number')::bigint as line_number,
       left(line ->> 'column_name', 127)::char(127) as colname, left(line ->> 'column_type', 10)::char(10) as type,
       left(line ->> 'column_length', 10)::char(10) as col_length, 0 as "position", ''::char(1024) as raw_line,
       left(line ->> 'value', 1024)::char(1024) as raw_field_value, (line ->> 'error_code')::int as err_code,
       left(line ->> 'error_message', 100)::char(100) as err_reason, 0 as is_partial, 0::bigint as start_offset, -1::bigint as copy_job_id
from redshift.lines('errors');

create view pg_catalog.stl_load_commits as
select redshift.user_id(line ->> 'user_name') as userid, (line ->> 'query_id')::int as query, 0 as slice, left(line ->> 'file_name', 256)::char(256) as name,
       left(line ->> 'file_name', 256)::char(256) as filename, 0 as byte_offset, (line ->> 'rows')::bigint as lines_scanned, 0 as errors,
       (line ->> 'end_time')::timestamptz::timestamp as curtime, 1 as status, 'Parquet'::char(16) as file_format, false as is_partial,
       0::bigint as start_offset, -1::bigint as copy_job_id
from redshift.lines('files');

-- https://docs.aws.amazon.com/redshift/latest/dg/SYS_UNLOAD_HISTORY.html
create view pg_catalog.sys_unload_history as
select redshift.user_id(line ->> 'user_name') as user_id, (line ->> 'query_id')::bigint as query_id, (line ->> 'query_id')::bigint as transaction_id,
       (line ->> 'session_id')::int as session_id, (line ->> 'database_name')::text as database_name, (line ->> 'status')::text as status,
       (line ->> 'start_time')::timestamptz::timestamp as start_time, (line ->> 'end_time')::timestamptz::timestamp as end_time,
       redshift.micros((line ->> 'end_time')::timestamptz::timestamp) - redshift.micros((line ->> 'start_time')::timestamptz::timestamp) as duration,
       (line ->> 'file_format')::text as file_format, (line ->> 'compression_type')::text as compression_type,
       (line ->> 'unloaded_location')::text as unloaded_location, (line ->> 'rows')::bigint as unloaded_rows,
       (line ->> 'files')::bigint as unloaded_files_count, (line ->> 'bytes')::bigint as unloaded_files_size,
       (line ->> 'error_message')::text as error_message
from (select distinct on (line ->> 'query_id') line from redshift.lines('unloads') order by line ->> 'query_id', n desc) latest;

-- https://docs.aws.amazon.com/redshift/latest/dg/r_STL_UNLOAD_LOG.html
create view pg_catalog.stl_unload_log as
select redshift.user_id(line ->> 'user_name') as userid, (line ->> 'query_id')::int as query, (line ->> 'slice')::int as slice,
       (line ->> 'session_id')::int as pid, left(line ->> 'path', 1280)::char(1280) as path,
       (line ->> 'start_time')::timestamptz::timestamp as start_time, (line ->> 'end_time')::timestamptz::timestamp as end_time,
       (line ->> 'line_count')::bigint as line_count, (line ->> 'transfer_size')::bigint as transfer_size,
       (line ->> 'file_format')::char(10) as file_format
from redshift.lines('unload_files');
grant select on pg_catalog.sys_unload_history, pg_catalog.stl_unload_log to public;

create view pg_catalog.svv_tables as
select table_catalog::varchar, table_schema::varchar, table_name::varchar, table_type::varchar, ''::varchar as table_acl, ''::varchar as remarks
from information_schema.tables where table_schema not in ('redshift');
create view pg_catalog.svv_columns as
select table_catalog::varchar, table_schema::varchar, table_name::varchar, column_name::varchar, ordinal_position::int, column_default::varchar,
       is_nullable::varchar, data_type::varchar, character_maximum_length::int, numeric_precision::int, numeric_precision_radix::int,
       numeric_scale::int, datetime_precision::int, ''::varchar as remarks
from information_schema.columns where table_schema not in ('redshift');
create view pg_catalog.svv_external_schemas as
select 0 as esoid, 0::smallint as eskind, ''::varchar as schemaname, 0 as esowner, ''::varchar as databasename, ''::varchar as esoptions where false;
create view pg_catalog.svv_table_info as
select current_database()::varchar as database, n.nspname::varchar as schema, c.oid::int as table_id, c.relname::varchar as "table",
       'Y'::varchar as encoded, 'AUTO(ALL)'::varchar as diststyle, null::varchar as sortkey1, null::int as max_varchar, null::varchar as sortkey1_enc,
       0 as sortkey_num, ceil(pg_relation_size(c.oid) / 1048576.0)::bigint as size, 0::numeric(10,4) as pct_used, 0::bigint as empty,
       null::numeric(5,2) as unsorted, 0::numeric(5,2) as stats_off, pg_stat_get_live_tuples(c.oid)::numeric(38,0) as tbl_rows,
       null::numeric(19,2) as skew_sortkey1, null::numeric(19,2) as skew_rows, pg_stat_get_live_tuples(c.oid)::numeric(38,0) as estimated_visible_rows,
       null::varchar as risk_event, null::numeric(12,2) as vacuum_sort_benefit
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'redshift') and n.nspname not like 'pg\_t%';
create view pg_catalog.pg_table_def as
select n.nspname as schemaname, c.relname as tablename, a.attname as "column", format_type(a.atttypid, a.atttypmod) as type,
       'none'::varchar as encoding, false as distkey, 0 as sortkey, a.attnotnull as notnull
from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relkind = 'r' and pg_table_is_visible(c.oid);
grant select on pg_catalog.sys_load_history, pg_catalog.sys_load_error_detail, pg_catalog.sys_load_detail, pg_catalog.stl_load_errors,
    pg_catalog.stl_load_commits, pg_catalog.svv_tables, pg_catalog.svv_columns, pg_catalog.svv_external_schemas, pg_catalog.svv_table_info,
    pg_catalog.pg_table_def to public;

-- SHOW statements of redshift-jdbc42.
create function redshift.show_databases(pattern text) returns table (database_name varchar) language sql stable as $$
    select datname from pg_database where datallowconn and not datistemplate and datname <> 'postgres' and datname like coalesce(pattern, '%') order by 1 $$;
create function redshift.show_schemas(database text, pattern text) returns table (database_name varchar, schema_name varchar, schema_owner int,
    schema_type varchar, schema_acl varchar, source_database varchar, schema_option varchar) language sql stable as $$
    select current_database(), nspname, nspowner::int, 'local', null::varchar, null::varchar, null::varchar from pg_namespace
    where database = current_database() and nspname <> 'redshift' and nspname not like 'pg\_t%' and nspname like coalesce(pattern, '%') order by 2 $$;
create function redshift.show_tables(database text, schema text, pattern text) returns table (database_name varchar, schema_name varchar, table_name varchar,
    table_type varchar, table_acl varchar, remarks varchar, owner varchar, last_altered_time timestamp, last_modified_time timestamp,
    dist_style varchar, table_subtype varchar) language sql stable as $$
    select current_database(), n.nspname, c.relname, case c.relkind when 'r' then 'TABLE' else 'VIEW' end, array_to_string(c.relacl, '~'),
           obj_description(c.oid, 'pg_class'), pg_get_userbyid(c.relowner), null::timestamp, null::timestamp, 'AUTO',
           case c.relkind when 'r' then 'REGULAR TABLE' when 'm' then 'MATERIALIZED VIEW' else 'REGULAR VIEW' end
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where database = current_database() and n.nspname = schema and c.relkind in ('r', 'v', 'm') and c.relname like coalesce(pattern, '%') order by 3 $$;
create function redshift.show_columns(database text, schema text, tbl text, pattern text) returns table (database_name varchar, schema_name varchar,
    table_name varchar, column_name varchar, ordinal_position int, column_default varchar, is_nullable varchar, data_type varchar,
    character_maximum_length int, numeric_precision int, numeric_scale int, remarks varchar, sort_key_type varchar, sort_key int,
    dist_key int, encoding varchar, "collation" varchar) language sql stable as $$
    select current_database(), n.nspname, c.relname, a.attname, row_number() over (order by a.attnum)::int, pg_get_expr(d.adbin, d.adrelid),
           case when a.attnotnull then 'NO' else 'YES' end,
           case t.typname when 'varbyte' then 'binary varying' when 'super' then 'super' else format_type(a.atttypid, null) end,
           case when t.typname in ('varchar', 'bpchar') and a.atttypmod > 0 then a.atttypmod - 4 when t.typname = 'varbyte' then 64000 end,
           case t.typname when 'int2' then 16 when 'int4' then 32 when 'int8' then 64
                when 'numeric' then case when a.atttypmod > 0 then (a.atttypmod - 4) >> 16 else 38 end end,
           case t.typname when 'numeric' then case when a.atttypmod > 0 then (a.atttypmod - 4) & 2047 else 0 end
                when 'int2' then 0 when 'int4' then 0 when 'int8' then 0 end,
           col_description(c.oid, a.attnum), null::varchar, 0, 0, 'none', null::varchar
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where database = current_database() and n.nspname = schema and c.relname = tbl and a.attname like coalesce(pattern, '%') order by a.attnum $$;
create function redshift.show_primary_keys(database text, schema text, tbl text, pattern text) returns table (database_name varchar, schema_name varchar,
    table_name varchar, column_name varchar, key_seq int, pk_name varchar) language sql stable as $$
    select current_database(), n.nspname, c.relname, a.attname, k.ordinality::int, o.conname
    from pg_constraint o join pg_class c on c.oid = o.conrelid join pg_namespace n on n.oid = c.relnamespace,
         unnest(o.conkey) with ordinality as k (attnum, ordinality) join pg_attribute a on a.attnum = k.attnum
    where database = current_database() and n.nspname = schema and c.relname = tbl and o.contype = 'p' and a.attrelid = c.oid order by a.attname $$;
create function redshift.show_foreign_keys(database text, schema text, tbl text, pattern text) returns table (pk_database_name varchar, pk_schema_name varchar,
    pk_table_name varchar, pk_column_name varchar, fk_database_name varchar, fk_schema_name varchar, fk_table_name varchar, fk_column_name varchar,
    key_seq int, update_rule int, delete_rule int, fk_name varchar, pk_name varchar, deferrability int) language sql stable as $$
    select null, null, null, null, null, null, null, null, null::int, null::int, null::int, null, null, null::int where false $$;
create function redshift.show_grants(database text, schema text, tbl text, pattern text) returns table (database_name varchar, schema_name varchar,
    object_name varchar, object_type varchar, privilege_type varchar, identity_id int, identity_name varchar, identity_type varchar, admin_option boolean,
    privilege_scope varchar, grantor_name varchar) language sql stable as $$
    select table_catalog, table_schema, table_name, 'TABLE', privilege_type, 0, grantee, 'user', is_grantable = 'YES', 'TABLE', grantor
    from information_schema.table_privileges where database = current_database() and table_schema = schema and table_name = tbl $$;
create function redshift.show_column_grants(database text, schema text, tbl text, pattern text) returns table (database_name varchar, schema_name varchar,
    table_name varchar, column_name varchar, object_type varchar, privilege_type varchar, identity_id int, identity_name varchar, identity_type varchar,
    admin_option boolean, grantor_name varchar) language sql stable as $$
    select table_catalog, table_schema, table_name, column_name, 'COLUMN', privilege_type, 0, grantee, 'user', is_grantable = 'YES', grantor
    from information_schema.column_privileges where database = current_database() and table_schema = schema and table_name = tbl
      and column_name like coalesce(pattern, '%') $$;
create function redshift.show_functions(database text, schema text, pattern text) returns table (database_name varchar, schema_name varchar,
    function_name varchar, number_of_arguments int, argument_list varchar, return_type varchar, remarks varchar) language sql stable as $$
    select null, null, null, null::int, null, null, null where false $$;
create function redshift.show_procedures(database text, schema text, pattern text) returns table (database_name varchar, schema_name varchar,
    procedure_name varchar, number_of_arguments int, argument_list varchar, return_type varchar, remarks varchar) language sql stable as $$
    select null, null, null, null::int, null, null, null where false $$;
create function redshift.show_parameters(database text, schema text, name text, pattern text) returns table (database_name varchar, schema_name varchar,
    procedure_name varchar, function_name varchar, parameter_name varchar, ordinal_position int, parameter_type varchar, data_type varchar,
    character_maximum_length int, numeric_precision int, numeric_scale int) language sql stable as $$
    select null, null, null, null, null, null::int, null, null, null::int, null::int, null::int where false $$;

create event trigger redshift_after_ddl on ddl_command_end
    when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE') execute function redshift.after_ddl();

-- What clients see of the catalogue: constraints without the stand-in's own, and the functions as older drivers ask for them.
create view redshift.pg_constraint as
select tableoid, * from pg_catalog.pg_constraint where left(conname, 14) <> 'caravan_bytes_';
grant select on redshift.pg_constraint to public;
create view pg_catalog.pg_proc_info as
select oid as prooid, proname, pronamespace, proowner, prolang, prokind = 'a' as proisagg, prosecdef, proisstrict, proretset, provolatile,
       pronargs, prorettype, proargtypes, proargnames, proargmodes, proallargtypes, prosrc, probin, proacl, prokind
from pg_catalog.pg_proc;
grant select on pg_catalog.pg_proc_info to public;
