-- Schemas, types, and what becomes of every table.
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


create event trigger redshift_after_ddl on ddl_command_end
    when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE') execute function redshift.after_ddl();
