-- Schemas, types, and what becomes of every table.
create schema redshift;
grant usage on schema redshift to public;
-- Redshift lets every user create objects in public.
grant create, usage on schema public to public;

create domain pg_catalog.super as jsonb;
create domain pg_catalog.varbyte as bytea;
-- Their numbers are Redshift's, which results name (ResultTypes): drivers look them up here.
create function redshift.number_type(type regtype, number oid) returns void language plpgsql volatile as $$
begin
    update pg_catalog.pg_type set typelem = number where typelem = type;
    update pg_catalog.pg_depend set objid = number where classid = 'pg_type'::regclass and objid = type;
    update pg_catalog.pg_depend set refobjid = number where refclassid = 'pg_type'::regclass and refobjid = type;
    update pg_catalog.pg_type set oid = number where oid = type;
end $$;
select redshift.number_type('super', 4000);
select redshift.number_type('varbyte', 6551);
drop function redshift.number_type(regtype, oid);

create function redshift.micros(timestamp) returns bigint language sql immutable strict return (extract(epoch from $1) * 1000000)::bigint;

-- What the check of a VARBYTE(n) column raises: a domain has no length of its own.
create function redshift.too_long(type text, length int) returns boolean language plpgsql volatile as $$
begin
    raise exception 'value too long for type %(%)', type, length using errcode = '22001';
end $$;

-- PRIMARY KEY and UNIQUE are informational: their indexes stop being unique.
create function redshift.after_ddl() returns event_trigger language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$
declare
    command record;
begin
    for command in
        select distinct objid from pg_event_trigger_ddl_commands() where classid = 'pg_class'::regclass and objid is not null
    loop
        update pg_index set indisunique = false
        where indisunique and (indrelid = command.objid or indexrelid = command.objid)
          and indrelid in (select oid from pg_class where relkind = 'r' and relnamespace <> 'pg_catalog'::regnamespace);
    end loop;
end $$;

create event trigger redshift_after_ddl on ddl_command_end
    when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE') execute function redshift.after_ddl();
