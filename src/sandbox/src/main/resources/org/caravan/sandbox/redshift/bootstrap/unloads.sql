-- What UNLOAD leaves behind; the files are written by the stand-in (unload/UnloadHistory.java).
create function pg_catalog.pg_last_unload_id() returns bigint language sql volatile as $$ select redshift.session_fact('unload_id', -1) $$;
create function pg_catalog.pg_last_unload_count() returns bigint language sql volatile as $$ select redshift.session_fact('unload_count', 0) $$;

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
