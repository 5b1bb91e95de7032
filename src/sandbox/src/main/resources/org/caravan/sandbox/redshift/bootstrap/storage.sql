-- What only Redshift's storage knows of a table. It has no effect, but the catalogue shows it and ALTER TABLE APPEND compares it.
create table redshift.table_storage (table_oid oid primary key, diststyle text not null, distkey smallint, sortkeys smallint[] not null,
    interleaved boolean not null);
create table redshift.column_encoding (table_oid oid, attnum smallint, encoding text not null, primary key (table_oid, attnum));
create table redshift.foreign_key (table_oid oid, name text, columns smallint[], ref_oid oid, ref_columns smallint[]);

create function redshift.key_columns(tbl regclass, names text[], what text) returns smallint[] language plpgsql volatile as $$
declare
    found smallint[] := '{}';
    column_name text;
    attribute record;
begin
    foreach column_name in array names loop
        select attnum, atttypid into attribute from pg_attribute where attrelid = tbl and attname = column_name and attnum > 0 and not attisdropped;
        if attribute.attnum is null then
            raise exception 'column "%" named in key does not exist', column_name using errcode = '42703';
        elsif attribute.atttypid in ('jsonb'::regtype, 'super'::regtype) then
            raise exception 'SUPER column "%" can not be a %', column_name, what using errcode = '0A000';
        elsif attribute.attnum = any (found) then
            raise exception 'column "%" appears twice in %', column_name, what using errcode = '42701';
        end if;
        found := found || attribute.attnum;
    end loop;
    if cardinality(found) > 400 then
        raise exception 'a sort key can have at most 400 columns, not %', cardinality(found) using errcode = '54011';
    end if;
    return found;
end $$;

-- After CREATE TABLE; a table that was there already (IF NOT EXISTS) keeps what it has.
create function redshift.keep_table(tbl regclass, source regclass, style text, dist text[], sort text[], mixed boolean, coded text[], codes text[])
    returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    copied redshift.table_storage;
begin
    if exists (select from redshift.table_storage where table_oid = tbl) then
        return;
    end if;
    select * into copied from redshift.table_storage where table_oid = source;
    if source is not null and copied.table_oid is not null then
        insert into redshift.table_storage values (tbl, copied.diststyle, copied.distkey, copied.sortkeys, copied.interleaved);
        insert into redshift.column_encoding select tbl, attnum, encoding from redshift.column_encoding where table_oid = source;
        return;
    end if;
    insert into redshift.table_storage values (tbl, style, (redshift.key_columns(tbl, dist, 'DISTKEY'))[1], redshift.key_columns(tbl, sort, 'SORTKEY'), mixed);
    insert into redshift.column_encoding
    select tbl, a.attnum, codes[i] from generate_subscripts(coded, 1) as i join pg_attribute a on a.attrelid = tbl and a.attname = coded[i] and not a.attisdropped
    on conflict do nothing;
end $$;
create function redshift.alter_distribution(tbl regclass, style text, dist text[]) returns void language sql volatile security definer
    set search_path = pg_catalog, pg_temp as $$
    insert into redshift.table_storage values (tbl, style, (redshift.key_columns(tbl, dist, 'DISTKEY'))[1], '{}', false)
    on conflict (table_oid) do update set diststyle = excluded.diststyle, distkey = excluded.distkey $$;
create function redshift.alter_sorting(tbl regclass, sort text[]) returns void language sql volatile security definer
    set search_path = pg_catalog, pg_temp as $$
    insert into redshift.table_storage values (tbl, 'AUTO', null, redshift.key_columns(tbl, sort, 'SORTKEY'), false)
    on conflict (table_oid) do update set sortkeys = excluded.sortkeys, interleaved = false $$;
create function redshift.alter_encoding(tbl regclass, name text, coding text) returns void language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp as $$
declare
    number smallint;
begin
    select attnum into number from pg_attribute where attrelid = tbl and attname = name and attnum > 0 and not attisdropped;
    if number is null then
        raise exception 'column "%" of relation "%" does not exist', name, (select relname from pg_class where oid = tbl) using errcode = '42703';
    end if;
    if redshift.encoding(tbl, number, (select atttypid from pg_attribute where attrelid = tbl and attnum = number))
       = (case coding when 'raw' then 'none' else coding end) then
        raise exception 'column "%" already has the encoding %', name, coding using errcode = '0A000';
    end if;
    insert into redshift.column_encoding values (tbl, number, coding) on conflict (table_oid, attnum) do update set encoding = excluded.encoding;
end $$;
create function redshift.keep_encoding(tbl regclass, name text, coding text) returns void language sql volatile security definer
    set search_path = pg_catalog, pg_temp as $$
    insert into redshift.column_encoding select tbl, attnum, coding from pg_attribute where attrelid = tbl and attname = name and not attisdropped $$;

-- Without ENCODE a column gets the encoding of https://docs.aws.amazon.com/redshift/latest/dg/c_Compression_encodings.html
create function redshift.encoding(tbl oid, number smallint, type oid) returns text language sql stable security definer
    set search_path = pg_catalog, pg_temp as $$
    select coalesce((select case encoding when 'raw' then 'none' else encoding end from redshift.column_encoding where table_oid = tbl and attnum = number),
                    case when exists (select from redshift.table_storage where table_oid = tbl and number = any (sortkeys)) then 'none'
                         when type in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype, 'date'::regtype, 'time'::regtype,
                                       'timetz'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype) then 'az64'
                         when type in ('varchar'::regtype, 'bpchar'::regtype) then 'lzo'
                         else 'none' end) $$;
create function redshift.is_distkey(tbl oid, number smallint) returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce((select distkey = number from redshift.table_storage where table_oid = tbl), false) $$;
create function redshift.sort_position(tbl oid, number smallint) returns int language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce((select array_position(sortkeys, number) * case when interleaved and array_position(sortkeys, number) % 2 = 0 then -1 else 1 end
                     from redshift.table_storage where table_oid = tbl), 0) $$;
create function redshift.distribution(tbl oid) returns text language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce((select case diststyle when 'KEY' then 'KEY(' || (select attname from pg_attribute where attrelid = tbl and attnum = s.distkey) || ')'
                                 when 'AUTO' then 'AUTO(ALL)' else diststyle end
                     from redshift.table_storage s where table_oid = tbl), 'AUTO(ALL)') $$;
create function redshift.sort_columns(tbl oid) returns text[] language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce((select array_agg(a.attname::text order by k.n) from redshift.table_storage s, unnest(s.sortkeys) with ordinality as k (attnum, n),
                     pg_attribute a where s.table_oid = tbl and a.attrelid = tbl and a.attnum = k.attnum), '{}') $$;
-- What two tables must have in common for ALTER TABLE APPEND, as text.
create function redshift.storage(tbl regclass) returns text language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select 'distribution ' || redshift.distribution(tbl) || ', sort key (' || array_to_string(redshift.sort_columns(tbl), ', ') || ')'
        || coalesce((select case when interleaved then ' interleaved' else '' end from redshift.table_storage where table_oid = tbl), '') $$;
create function redshift.append_columns(tbl regclass) returns table (name text, type text, encoding text, not_null boolean, identity text, persistence text,
    keys text) language sql stable as $$
    select a.attname, format_type(a.atttypid, a.atttypmod), redshift.encoding(c.oid, a.attnum, a.atttypid), a.attnotnull, a.attidentity, c.relpersistence,
           redshift.storage(c.oid)
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind = 'r' and c.oid = tbl order by a.attnum $$;

-- ALTER COLUMN TYPE: https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html
create function redshift.check_resize(tbl regclass, name text, size int) returns void language plpgsql volatile as $$
declare
    a record;
    longest int;
begin
    select attnum, atttypid, atttypmod - 4 as length, atthasdef into a from pg_attribute where attrelid = tbl and attname = name and attnum > 0 and not attisdropped;
    if a.attnum is null then
        raise exception 'column "%" of relation "%" does not exist', name, (select relname from pg_class where oid = tbl) using errcode = '42703';
    elsif a.atttypid <> 'varchar'::regtype then
        raise exception 'can not alter type of column "%": it is no VARCHAR column', name using errcode = '0A000';
    elsif a.atthasdef then
        raise exception 'can not alter type of column "%": it has a default value', name using errcode = '0A000';
    elsif exists (select from pg_constraint where conrelid = tbl and contype in ('p', 'u') and a.attnum = any (conkey)) or redshift.in_foreign_key(tbl, a.attnum) then
        raise exception 'can not alter type of column "%": it is in a UNIQUE, PRIMARY KEY or FOREIGN KEY constraint', name using errcode = '0A000';
    elsif redshift.encoding(tbl, a.attnum, a.atttypid) in ('bytedict', 'runlength', 'text255', 'text32k') then
        raise exception 'can not alter type of column "%": its encoding is %', name, redshift.encoding(tbl, a.attnum, a.atttypid) using errcode = '0A000';
    end if;
    execute format('select max(octet_length(%I)) from %s', name, tbl) into longest;
    if longest > size then
        raise exception 'can not alter type of column "%": a value has % bytes, more than %', name, longest, size using errcode = '22001';
    end if;
end $$;

create function redshift.in_foreign_key(tbl oid, number smallint) returns boolean language sql stable security definer
    set search_path = pg_catalog, pg_temp as $$
    select exists (select from redshift.foreign_key f
                   where f.table_oid = tbl and number = any (f.columns) or f.ref_oid = tbl and number = any (f.ref_columns)) $$;
-- FOREIGN KEY is informational, but it must refer to a key that is there.
create function redshift.keep_foreign_key(tbl regclass, constraint_name text, names text[], ref regclass, ref_names text[]) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    own smallint[] := redshift.key_columns(tbl, names, 'FOREIGN KEY');
    theirs smallint[];
begin
    if ref_names is null then
        select conkey into theirs from pg_constraint where conrelid = ref and contype = 'p';
        if theirs is null then
            raise exception 'there is no primary key for referenced table "%"', (select relname from pg_class where oid = ref) using errcode = '42704';
        end if;
    else
        theirs := redshift.key_columns(ref, ref_names, 'FOREIGN KEY');
        if not exists (select from pg_constraint where conrelid = ref and contype in ('p', 'u') and conkey @> theirs and conkey <@ theirs) then
            raise exception 'there is no unique constraint matching given keys for referenced table "%"', (select relname from pg_class where oid = ref)
                using errcode = '42830';
        end if;
    end if;
    if cardinality(own) <> cardinality(theirs) then
        raise exception 'number of referencing and referenced columns for foreign key disagree' using errcode = '42830';
    end if;
    insert into redshift.foreign_key values (tbl,
        coalesce(constraint_name, (select relname from pg_class where oid = tbl) || '_' || array_to_string(names, '_') || '_fkey'), own, ref, theirs);
end $$;
create function redshift.foreign_keys() returns table (table_oid oid, name text, columns smallint[], ref_oid oid, ref_columns smallint[])
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select * from redshift.foreign_key $$;
create function redshift.drop_foreign_key(tbl regclass, constraint_name text) returns boolean language sql volatile security definer
    set search_path = pg_catalog, pg_temp as $$
    with gone as (delete from redshift.foreign_key where table_oid = tbl and name = constraint_name returning 1) select exists (select from gone) $$;

create function redshift.drop_constraint(tbl regclass, constraint_name text, dependents text) returns void language plpgsql volatile as $$
begin
    if not redshift.drop_foreign_key(tbl, constraint_name) then
        execute format('alter table %s drop constraint %I %s', tbl, constraint_name, dependents);
    end if;
end $$;
create function redshift.check_primary_key(tbl regclass, names text[]) returns void language plpgsql volatile as $$
declare
    name text;
begin
    select attname into name from pg_attribute where attrelid = tbl and attname = any (names) and not attnotnull and attnum > 0 limit 1;
    if name is not null then
        raise exception 'can not add a primary key on the nullable column "%"', name using errcode = '0A000';
    end if;
end $$;

create function redshift.after_drop() returns event_trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    delete from redshift.table_storage where table_oid in (select objid from pg_event_trigger_dropped_objects() where classid = 'pg_class'::regclass);
    delete from redshift.column_encoding where table_oid in (select objid from pg_event_trigger_dropped_objects() where classid = 'pg_class'::regclass);
    delete from redshift.late_view where view_oid in (select objid from pg_event_trigger_dropped_objects() where classid = 'pg_class'::regclass);
    delete from redshift.foreign_key f using pg_event_trigger_dropped_objects() d where d.classid = 'pg_class'::regclass and d.objid in (f.table_oid, f.ref_oid);
end $$;
create event trigger redshift_after_drop on sql_drop when tag in ('DROP TABLE', 'DROP VIEW', 'DROP SCHEMA', 'DROP OWNED') execute function redshift.after_drop();

-- https://docs.aws.amazon.com/redshift/latest/dg/r_SHOW_TABLE.html
create function redshift.show_table(tbl regclass) returns varchar language sql stable as $$
    select 'CREATE TABLE ' || n.nspname || '.' || c.relname || ' (' || chr(10)
        || (select string_agg('    ' || case when a.attname ~ '^[a-z_][a-z0-9_~]*$' then a.attname::text else quote_ident(a.attname) end || ' '
                || case when t.typname in ('super', 'varbyte') then t.typname else format_type(a.atttypid, a.atttypmod) end
                || case when a.attnotnull then ' NOT NULL' else '' end
                || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
                || ' ENCODE ' || case redshift.encoding(tbl, a.attnum, a.atttypid) when 'none' then 'raw' else redshift.encoding(tbl, a.attnum, a.atttypid) end
                || case when redshift.is_distkey(tbl, a.attnum) then ' distkey' else '' end, ',' || chr(10) order by a.attnum)
            from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attrelid = tbl and a.attnum > 0 and not a.attisdropped)
        || coalesce((select string_agg(',' || chr(10) || '    ' || case contype when 'p' then 'PRIMARY KEY (' else 'UNIQUE (' end
                || (select string_agg(a.attname, ', ' order by k.n) from unnest(conkey) with ordinality as k (attnum, n), pg_attribute a
                    where a.attrelid = tbl and a.attnum = k.attnum) || ')', '' order by conname)
            from pg_constraint where conrelid = tbl and contype in ('p', 'u')), '')
        || chr(10) || ')' || chr(10) || 'DISTSTYLE ' || split_part(redshift.distribution(tbl), '(', 1)
        || case when redshift.sort_columns(tbl) <> '{}' then ' SORTKEY ( ' || array_to_string(redshift.sort_columns(tbl), ', ') || ' )' else '' end || ';'
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = tbl $$;

-- Views WITH NO SCHEMA BINDING: PostgreSQL has a view without columns in their place, and the facade puts the query where the view is read.
create table redshift.late_view (view_oid oid primary key, definition text not null, columns text[] not null);
create function redshift.bind_late(view regclass, query text, names text[]) returns void language sql volatile security definer
    set search_path = pg_catalog, pg_temp as $$
    insert into redshift.late_view values (view, query, names) on conflict (view_oid) do update set definition = excluded.definition, columns = excluded.columns $$;
create function redshift.late_view(view regclass) returns table (definition text, columns text) language sql volatile security definer
    set search_path = pg_catalog, pg_temp as $$ select definition, array_to_string(columns, chr(10)) from redshift.late_view where view_oid = view $$;
create function redshift.late_view_names() returns table (name text) language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select relname::text from redshift.late_view v join pg_class c on c.oid = v.view_oid $$;
create function redshift.need_schema(name text) returns void language plpgsql volatile as $$
begin
    if to_regnamespace(quote_ident(name)) is null then
        raise exception 'schema "%" does not exist', name using errcode = '3F000';
    end if;
end $$;
