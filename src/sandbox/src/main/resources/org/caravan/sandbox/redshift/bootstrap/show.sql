-- The answers to SHOW statements.
-- SHOW statements of redshift-jdbc42.
create function redshift.show_databases(pattern text) returns table (database_name varchar) language sql stable as $$
    select datname from pg_database where datallowconn and not datistemplate and datname <> 'postgres' and datname like coalesce(pattern, '%') order by 1 $$;
create function redshift.show_schemas(database text, pattern text) returns table (database_name varchar, schema_name varchar, schema_owner int,
    schema_type varchar, schema_acl varchar, source_database varchar, schema_option varchar) language sql stable as $$
    select current_database(), nspname, nspowner::int, 'local', null::varchar, null::varchar, null::varchar from pg_namespace
    where database = current_database() and nspname not in ('redshift', 'redshift_pg') and nspname not like 'pg\_t%' and nspname like coalesce(pattern, '%') order by 2 $$;
create function redshift.show_tables(database text, schema text, pattern text) returns table (database_name varchar, schema_name varchar, table_name varchar,
    table_type varchar, table_acl varchar, remarks varchar, owner varchar, last_altered_time timestamp, last_modified_time timestamp,
    dist_style varchar, table_subtype varchar) language sql stable as $$
    select current_database(), n.nspname, c.relname, case c.relkind when 'r' then 'TABLE' else 'VIEW' end, array_to_string(c.relacl, '~'),
           obj_description(c.oid, 'pg_class'), pg_get_userbyid(c.relowner), null::timestamp, null::timestamp, redshift.distribution(c.oid),
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
           col_description(c.oid, a.attnum), null::varchar, redshift.sort_position(c.oid, a.attnum),
           case when redshift.is_distkey(c.oid, a.attnum) then 1 else 0 end, redshift.encoding(c.oid, a.attnum, a.atttypid), null::varchar
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
    select current_database(), rn.nspname, rc.relname, ra.attname, current_database(), s.nspname, c.relname, a.attname, n.n::int, 3, 3, f.name,
           (select conname from pg_constraint where conrelid = f.ref_oid and contype = 'p'), 7
    from redshift.foreign_keys() f join pg_class c on c.oid = f.table_oid join pg_namespace s on s.oid = c.relnamespace
         join pg_class rc on rc.oid = f.ref_oid join pg_namespace rn on rn.oid = rc.relnamespace,
         generate_subscripts(f.columns, 1) as n (n),
         pg_attribute a, pg_attribute ra
    where a.attrelid = f.table_oid and a.attnum = f.columns[n.n] and ra.attrelid = f.ref_oid and ra.attnum = f.ref_columns[n.n]
      and database = current_database() and s.nspname = schema and c.relname = tbl order by f.name, n.n $$;
create function redshift.show_exported_keys(database text, schema text, tbl text, pattern text) returns table (pk_database_name varchar, pk_schema_name varchar,
    pk_table_name varchar, pk_column_name varchar, fk_database_name varchar, fk_schema_name varchar, fk_table_name varchar, fk_column_name varchar,
    key_seq int, update_rule int, delete_rule int, fk_name varchar, pk_name varchar, deferrability int) language sql stable as $$
    select s.* from pg_class c join pg_namespace n on n.oid = c.relnamespace, lateral redshift.show_foreign_keys(database, n.nspname, c.relname, null) s
    where c.oid in (select table_oid from redshift.foreign_keys()) and s.pk_schema_name = schema and s.pk_table_name = tbl $$;
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
