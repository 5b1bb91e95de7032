-- What clients see of loads.
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
create function pg_catalog.pg_last_query_id() returns bigint language sql volatile as $$ select redshift.session_fact('query_id', -1) $$;

create function redshift.user_id(text) returns int language sql stable as $$ select usesysid::int from pg_user where usename = $1 $$;

create view pg_catalog.sys_load_history as
select redshift.user_id(line ->> 'user_name') as user_id, (line ->> 'query_id')::bigint as query_id, (line ->> 'query_id')::bigint as transaction_id,
       (line ->> 'session_id')::int as session_id, (line ->> 'database_name')::text as database_name, (line ->> 'status')::text as status,
       (line ->> 'table_name')::text as table_name, (line ->> 'start_time')::timestamptz::timestamp as start_time,
       (line ->> 'end_time')::timestamptz::timestamp as end_time,
       redshift.micros((line ->> 'end_time')::timestamptz::timestamp) - redshift.micros((line ->> 'start_time')::timestamptz::timestamp) as duration,
       (line ->> 'data_source')::text as data_source, (line ->> 'file_format')::text as file_format, (line ->> 'loaded_rows')::bigint as loaded_rows,
       (line ->> 'loaded_bytes')::bigint as loaded_bytes, (line ->> 'source_file_count')::int as source_file_count,
       (line ->> 'loaded_bytes')::bigint as source_file_bytes, (line ->> 'source_file_count')::int as file_count_scanned,
       (line ->> 'loaded_bytes')::bigint as file_bytes_scanned, (line ->> 'error_count')::bigint as error_count, -1::bigint as copy_job_id
from (select distinct on (line ->> 'query_id') line from redshift.lines('loads') order by line ->> 'query_id', n desc) latest;

create view pg_catalog.sys_load_error_detail as
select redshift.user_id(line ->> 'user_name') as user_id, (line ->> 'query_id')::bigint as query_id, (line ->> 'query_id')::bigint as transaction_id,
       (line ->> 'session_id')::int as session_id, rpad(line ->> 'database_name', 64)::char(64) as database_name,
       (line ->> 'table_id')::int as table_id, (line ->> 'end_time')::timestamptz::timestamp as start_time,
       (line ->> 'file_name')::char(256) as file_name, (line ->> 'line_number')::bigint as line_number,
       (line ->> 'column_name')::char(127) as column_name, (line ->> 'column_type')::char(10) as column_type,
       (line ->> 'column_length')::char(10) as column_length, (line ->> 'position')::int as "position", (line ->> 'error_code')::int as error_code,
       left(line ->> 'error_message', 512)::char(512) as error_message
from redshift.lines('errors');

-- https://docs.aws.amazon.com/redshift/latest/dg/SYS_LOAD_DETAIL.html
create view pg_catalog.sys_load_detail as
select redshift.user_id(line ->> 'user_name') as user_id, (line ->> 'query_id')::bigint as query_id,
       left(line ->> 'file_name', 256)::char(256) as file_name, (line ->> 'bytes')::bigint as bytes_scanned, (line ->> 'lines')::bigint as lines_scanned,
       (line ->> 'end_time')::timestamptz::timestamp as record_time, 1 as splits_scanned, (line ->> 'start_time')::timestamptz::timestamp as start_time,
       (line ->> 'end_time')::timestamptz::timestamp as end_time
from redshift.lines('files');

-- https://docs.aws.amazon.com/redshift/latest/dg/r_STL_LOADERROR_DETAIL.html
create view pg_catalog.stl_loaderror_detail as
select redshift.user_id(line ->> 'user_name') as userid, 0 as slice, (line ->> 'session_id')::int as session, (line ->> 'query_id')::int as query,
       left(line ->> 'file_name', 256)::char(256) as filename, (line ->> 'line_number')::bigint as line_number, (number - 1)::int as field,
       left(field ->> 'column', 1024)::char(1024) as colname, left(field ->> 'value', 1024)::char(1024) as value,
       (field ->> 'isNull')::boolean::int as is_null, left(field ->> 'type', 10)::char(10) as type, left(field ->> 'length', 10)::char(10) as col_length
from redshift.lines('errors'), jsonb_array_elements(line -> 'fields') with ordinality as fields (field, number);

-- https://docs.aws.amazon.com/redshift/latest/dg/r_STL_REPLACEMENTS.html
create view pg_catalog.stl_replacements as
select redshift.user_id(line ->> 'user_name') as userid, (line ->> 'query_id')::int as query, 0 as slice, (line ->> 'table_id')::int as tbl,
       (line ->> 'start_time')::timestamptz::timestamp as starttime, (line ->> 'session_id')::int as session,
       left(line ->> 'file_name', 256)::char(256) as filename, (line ->> 'line_number')::bigint as line_number,
       left(line ->> 'column_name', 127)::char(127) as colname, left(line ->> 'raw_line', 1024)::char(1024) as raw_line
from redshift.lines('replacements');

create view pg_catalog.stl_load_errors as
select redshift.user_id(line ->> 'user_name') as userid, 0 as slice, (line ->> 'table_id')::int as tbl,
       (line ->> 'end_time')::timestamptz::timestamp as starttime, (line ->> 'session_id')::int as session, (line ->> 'query_id')::int as query,
       left(line ->> 'file_name', 256)::char(256) as filename, (line ->> 'line_number')::bigint as line_number,
       left(line ->> 'column_name', 127)::char(127) as colname, left(line ->> 'column_type', 10)::char(10) as type,
       left(line ->> 'column_length', 10)::char(10) as col_length, (line ->> 'position')::int as "position", left(line ->> 'raw_line', 1024)::char(1024) as raw_line,
       left(line ->> 'value', 1024)::char(1024) as raw_field_value, (line ->> 'error_code')::int as err_code,
       left(line ->> 'error_message', 100)::char(100) as err_reason, 0 as is_partial, 0::bigint as start_offset, -1::bigint as copy_job_id
from redshift.lines('errors');

create view pg_catalog.stl_load_commits as
select redshift.user_id(line ->> 'user_name') as userid, (line ->> 'query_id')::int as query, 0 as slice, left(line ->> 'file_name', 256)::char(256) as name,
       left(line ->> 'file_name', 256)::char(256) as filename, 0 as byte_offset, (line ->> 'lines')::bigint as lines_scanned, 0 as errors,
       (line ->> 'end_time')::timestamptz::timestamp as curtime, 1 as status, (line ->> 'file_format')::char(16) as file_format, false as is_partial,
       0::bigint as start_offset, -1::bigint as copy_job_id
from redshift.lines('files');
grant select on pg_catalog.sys_load_history, pg_catalog.sys_load_error_detail, pg_catalog.sys_load_detail, pg_catalog.stl_load_errors,
    pg_catalog.stl_load_commits, pg_catalog.stl_loaderror_detail, pg_catalog.stl_replacements to public;
