-- Who locks what: https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_TRANSACTIONS.html, r_STV_LOCKS.html, r_STL_TR_CONFLICT.html,
-- r_STV_SESSIONS.html. Everybody sees every lock, and a user only its own sessions, but for the administrator.
create function redshift.open_locks() returns table (pid int, usesysid oid, usename name, datname name, xid bigint, txn_start timestamp, lock_mode text,
    object_type text, relation oid, granted boolean) language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select l.pid, a.usesysid, a.usename, a.datname, coalesce(a.backend_xid::text::bigint, split_part(l.virtualtransaction, '/', 2)::bigint),
           (a.xact_start at time zone 'UTC')::timestamp, l.mode, l.locktype, l.relation, l.granted
    from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where a.usename <> 'postgres' and a.datname is not null
      and (l.locktype = 'transactionid' or l.locktype = 'relation' and l.relation >= 16384
           and not exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                           where c.oid = l.relation and (c.relkind <> 'r' or n.nspname in ('redshift', 'pg_catalog', 'pg_toast')))) $$;
create view pg_catalog.svv_transactions as
select usename::text as txn_owner, datname::text as txn_db, xid, pid, txn_start, lock_mode, object_type as lockable_object_type,
       relation::int as relation, granted from redshift.open_locks();
create view pg_catalog.stv_locks as
select relation::int as table_id, txn_start as last_update, -1::bigint as last_commit, usesysid::bigint as lock_owner, pid::bigint as lock_owner_pid,
       txn_start as lock_owner_start_ts, null::timestamp as lock_owner_end_ts, 'Holding write lock'::char(22) as lock_status
from redshift.open_locks()
where granted and object_type = 'relation' and lock_mode in ('ShareRowExclusiveLock', 'AccessExclusiveLock');
create view pg_catalog.stl_tr_conflict as
select redshift.user_id(null) as userid, (line ->> 'xact_id')::bigint as xact_id, (line ->> 'process_id')::bigint as process_id,
       (line ->> 'abort_time')::timestamptz::timestamp as xact_start_ts, (line ->> 'abort_time')::timestamptz::timestamp as abort_time,
       (line ->> 'table_id')::bigint as table_id
from redshift.lines('conflicts');
create function redshift.open_sessions() returns table (pid int, usename name, datname name, started timestamp) language sql volatile security definer
    set search_path = pg_catalog, pg_temp as $$
    select pid, usename, datname, (backend_start at time zone 'UTC')::timestamp from pg_stat_activity
    where usename <> 'postgres' and datname is not null and (usename = session_user or pg_has_role(session_user, 'pg_signal_backend', 'member')) $$;
create view pg_catalog.stv_sessions as
select started as starttime, pid as process, usename::char(50) as user_name, datname::char(50) as db_name, 0 as timeout_sec from redshift.open_sessions();
create view pg_catalog.stv_db_isolation_level as
select d.oid::int as db_id, d.datname::char(128) as db_name,
       case (select split_part(setting, '=', 2) from pg_db_role_setting s, unnest(s.setconfig) as setting
             where s.setdatabase in (0, d.oid) and s.setrole = 0 and setting like 'redshift.db\_isolation=%' order by s.setdatabase desc limit 1)
            when 'snapshot' then 'Snapshot Isolation' else 'Serializable' end::char(20) as isolation_level
from pg_database d where d.datallowconn and not d.datistemplate and d.datname <> 'postgres';
grant select on pg_catalog.svv_transactions, pg_catalog.stv_locks, pg_catalog.stl_tr_conflict, pg_catalog.stv_sessions,
    pg_catalog.stv_db_isolation_level to public;
