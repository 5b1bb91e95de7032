-- SUPER and VARBYTE.

-- SUPER is written without blanks: https://docs.aws.amazon.com/redshift/latest/dg/JSON_SERIALIZE.html
create function redshift.json_text(redshift_pg.jsonb) returns text language sql immutable strict
    return redshift_pg.regexp_replace($1::text, '("(?:[^"\\]|\\.)*")|\s+', '\1', 'g');

create function redshift.is_json(value text) returns boolean language plpgsql immutable strict as $$
begin
    perform value::redshift_pg.jsonb;
    return true;
exception when others then
    return false;
end $$;
create function redshift.lax_json(value text) returns redshift_pg.jsonb language plpgsql immutable strict as $$
begin
    return value::redshift_pg.jsonb;
exception when others then
    return null;
end $$;
create function pg_catalog.json_parse(text) returns pg_catalog.super language sql immutable strict return $1::redshift_pg.jsonb::super;
create function pg_catalog.can_json_parse(text) returns boolean language sql immutable strict return redshift.is_json($1);
create function pg_catalog.json_serialize(pg_catalog.super) returns varchar language plpgsql immutable strict as $$
declare
    json text := redshift.json_text($1);
begin
    if octet_length(json) > 65535 then
        raise exception 'JSON text of % bytes is longer than 65535, the limit of VARCHAR', octet_length(json) using errcode = '22001';
    end if;
    return json;
end $$;
create function pg_catalog.json_serialize_to_varbyte(pg_catalog.super) returns pg_catalog.varbyte language sql immutable strict
    return convert_to(redshift.json_text($1), 'UTF8');
create function pg_catalog.is_valid_json(text) returns boolean language sql immutable strict
    return redshift.is_json($1) and left(ltrim($1, E' \t\n\r'), 1) = '{';
create function pg_catalog.is_valid_json_array(text) returns boolean language sql immutable strict
    return redshift.is_json($1) and left(ltrim($1, E' \t\n\r'), 1) = '[';

create function redshift.scalar_text(redshift_pg.jsonb) returns text language sql immutable strict
    return case jsonb_typeof($1) when 'null' then null when 'string' then $1 #>> '{}' else redshift.json_text($1) end;
create function redshift.json_path(value text, path text[], null_if_invalid boolean) returns varchar language plpgsql immutable strict as $$
declare
    json redshift_pg.jsonb := redshift.lax_json(value);
begin
    if json is null then
        if null_if_invalid then
            return null;
        end if;
        raise exception 'JSON parsing error' using errcode = 'XX000', detail = 'invalid JSON string: ' || value;
    end if;
    foreach value in array path loop
        json := case when jsonb_typeof(json) = 'object' then json -> value end;
    end loop;
    return coalesce(redshift.scalar_text(json), '');
end $$;
create function pg_catalog.json_extract_path_text(text, text) returns varchar language sql immutable strict
    return redshift.json_path($1, array[$2], false);
create function pg_catalog.json_extract_path_text(text, text, text) returns varchar language sql immutable strict
    return redshift.json_path($1, array[$2, $3], false);
create function pg_catalog.json_extract_path_text(text, text, text, text) returns varchar language sql immutable strict
    return redshift.json_path($1, array[$2, $3, $4], false);
create function pg_catalog.json_extract_path_text(text, text, text, text, text) returns varchar language sql immutable strict
    return redshift.json_path($1, array[$2, $3, $4, $5], false);
create function pg_catalog.json_extract_path_text(text, text, text, text, text, text) returns varchar language sql immutable strict
    return redshift.json_path($1, array[$2, $3, $4, $5, $6], false);
create function pg_catalog.json_extract_path_text(text, text, boolean) returns varchar language sql immutable strict
    return redshift.json_path($1, array[$2], $3);
create function pg_catalog.json_extract_path_text(text, text, text, boolean) returns varchar language sql immutable strict
    return redshift.json_path($1, array[$2, $3], $4);
create function pg_catalog.json_extract_path_text(text, text, text, text, boolean) returns varchar language sql immutable strict
    return redshift.json_path($1, array[$2, $3, $4], $5);
create function redshift.json_element(value text, position_ int, null_if_invalid boolean) returns varchar language plpgsql immutable strict as $$
declare
    json redshift_pg.jsonb := redshift.lax_json(value);
begin
    if json is null or jsonb_typeof(json) <> 'array' then
        if null_if_invalid then
            return null;
        end if;
        raise exception 'JSON parsing error' using errcode = 'XX000', detail = 'invalid json array object ' || value;
    end if;
    return case when position_ >= 0 then coalesce(redshift.scalar_text(json -> position_), '') else '' end;
end $$;
create function pg_catalog.json_extract_array_element_text(text, int) returns varchar language sql immutable strict
    return redshift.json_element($1, $2, false);
create function pg_catalog.json_extract_array_element_text(text, int, boolean) returns varchar language sql immutable strict
    return redshift.json_element($1, $2, $3);
create function redshift.json_length(value text, null_if_invalid boolean) returns int language plpgsql immutable strict as $$
declare
    json redshift_pg.jsonb := redshift.lax_json(value);
begin
    if json is null or jsonb_typeof(json) <> 'array' then
        if null_if_invalid then
            return null;
        end if;
        raise exception 'JSON parsing error' using errcode = 'XX000', detail = 'invalid json array object ' || value;
    end if;
    return jsonb_array_length(json);
end $$;
create function pg_catalog.json_array_length(text) returns int language sql immutable strict return redshift.json_length($1, false);
create function pg_catalog.json_array_length(text, boolean) returns int language sql immutable strict return redshift.json_length($1, $2);

-- What a SUPER value is: https://docs.aws.amazon.com/redshift/latest/dg/c_Type_Info_Functions.html; false of NULL.
create function pg_catalog.json_typeof(pg_catalog.super) returns varchar language sql immutable strict return jsonb_typeof($1);
create function pg_catalog.is_array(pg_catalog.super) returns boolean language sql immutable return coalesce(jsonb_typeof($1) = 'array', false);
create function pg_catalog.is_object(pg_catalog.super) returns boolean language sql immutable return coalesce(jsonb_typeof($1) = 'object', false);
create function pg_catalog.is_scalar(pg_catalog.super) returns boolean language sql immutable
    return coalesce(jsonb_typeof($1) in ('string', 'number', 'boolean'), false);
create function pg_catalog.is_varchar(pg_catalog.super) returns boolean language sql immutable return coalesce(jsonb_typeof($1) = 'string', false);
create function pg_catalog.is_char(pg_catalog.super) returns boolean language sql immutable
    return coalesce(jsonb_typeof($1) = 'string' and octet_length($1 #>> '{}') = char_length($1 #>> '{}'), false);
create function pg_catalog.is_boolean(pg_catalog.super) returns boolean language sql immutable return coalesce(jsonb_typeof($1) = 'boolean', false);
create function redshift.number(redshift_pg.jsonb) returns numeric language sql immutable strict
    return case when jsonb_typeof($1) = 'number' then ($1 #>> '{}')::numeric end;
create function pg_catalog.is_decimal(pg_catalog.super) returns boolean language sql immutable
    return coalesce(abs(redshift.number($1)) < 1e38, false);
create function pg_catalog.is_float(pg_catalog.super) returns boolean language sql immutable return coalesce(jsonb_typeof($1) = 'number', false);
create function pg_catalog.is_bigint(pg_catalog.super) returns boolean language sql immutable
    return coalesce(redshift_pg.scale(redshift.number($1)) = 0 and redshift.number($1) between -9223372036854775808 and 9223372036854775807, false);
create function pg_catalog.is_integer(pg_catalog.super) returns boolean language sql immutable
    return coalesce(redshift_pg.scale(redshift.number($1)) = 0 and redshift.number($1) between -2147483648 and 2147483647, false);
create function pg_catalog.is_smallint(pg_catalog.super) returns boolean language sql immutable
    return coalesce(redshift_pg.scale(redshift.number($1)) = 0 and redshift.number($1) between -32768 and 32767, false);

create function pg_catalog.get_array_length(pg_catalog.super) returns int language sql immutable strict
    return case when jsonb_typeof($1) = 'array' then jsonb_array_length($1) end;
create function pg_catalog.split_to_array(text) returns pg_catalog.super language sql immutable strict
    return to_jsonb(string_to_array($1, ','));
create function pg_catalog.split_to_array(text, text) returns pg_catalog.super language sql immutable strict
    return to_jsonb(string_to_array($1, $2));
create function pg_catalog.array_concat(pg_catalog.super, pg_catalog.super) returns pg_catalog.super language sql immutable strict
    return case when jsonb_typeof($1) = 'array' and jsonb_typeof($2) = 'array' then $1::redshift_pg.jsonb || $2::redshift_pg.jsonb end;
create function pg_catalog.subarray(pg_catalog.super, int, int) returns pg_catalog.super language sql immutable strict
    return case when jsonb_typeof($1) = 'array' then
        coalesce((select jsonb_agg($1::redshift_pg.jsonb -> i order by i) from generate_series($2, $2 + $3 - 1) i where i < jsonb_array_length($1)), '[]'::redshift_pg.jsonb) end;

-- Casts of SUPER: a value of another type becomes NULL, not an error ("lax semantics",
-- https://docs.aws.amazon.com/redshift/latest/dg/query-super.html); a text becomes a string, and a string its text.
create function redshift.super_integer(redshift_pg.jsonb, low bigint, high bigint) returns bigint language sql immutable strict
    return case when round(redshift.number($1)) between $2 and $3 then round(redshift.number($1))::bigint end;
create function redshift.super_int2(redshift_pg.jsonb) returns smallint language sql immutable strict
    return redshift.super_integer($1, -32768, 32767)::smallint;
create function redshift.super_int4(redshift_pg.jsonb) returns int language sql immutable strict
    return redshift.super_integer($1, -2147483648, 2147483647)::int;
create function redshift.super_int8(redshift_pg.jsonb) returns bigint language sql immutable strict
    return redshift.super_integer($1, '-9223372036854775808', 9223372036854775807);
create function redshift.super_float4(redshift_pg.jsonb) returns real language sql immutable strict return redshift.number($1)::real;
create function redshift.super_float8(redshift_pg.jsonb) returns double precision language sql immutable strict
    return redshift.number($1)::double precision;
create function redshift.super_bool(redshift_pg.jsonb) returns boolean language sql immutable strict
    return case jsonb_typeof($1) when 'boolean' then ($1 #>> '{}')::boolean
                                 when 'number' then case when redshift_pg.scale(redshift.number($1)) = 0 then redshift.number($1) <> 0 end end;
update pg_catalog.pg_cast set castfunc = case casttarget when 'int2'::regtype then 'redshift.super_int2(redshift_pg.jsonb)'::regprocedure
    when 'int4'::regtype then 'redshift.super_int4(redshift_pg.jsonb)'::regprocedure when 'int8'::regtype then 'redshift.super_int8(redshift_pg.jsonb)'::regprocedure
    when 'float4'::regtype then 'redshift.super_float4(redshift_pg.jsonb)'::regprocedure when 'float8'::regtype then 'redshift.super_float8(redshift_pg.jsonb)'::regprocedure
    when 'bool'::regtype then 'redshift.super_bool(redshift_pg.jsonb)'::regprocedure else 'redshift.number(redshift_pg.jsonb)'::regprocedure end
where castsource = 'redshift_pg.jsonb'::regtype and casttarget in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'float4'::regtype,
                                                                   'float8'::regtype, 'bool'::regtype, 'numeric'::regtype);
create function redshift.super_text(redshift_pg.jsonb) returns varchar language sql immutable strict
    return case when jsonb_typeof($1) in ('string', 'number', 'boolean') then $1 #>> '{}' end;
create function redshift.super_date(redshift_pg.jsonb) returns date language plpgsql stable strict as $$
begin
    return redshift.super_text($1)::date;
exception when others then
    return null;
end $$;
create function redshift.super_timestamp(redshift_pg.jsonb) returns timestamp language plpgsql stable strict as $$
begin
    return redshift.super_text($1)::timestamp;
exception when others then
    return null;
end $$;
create cast (redshift_pg.jsonb as varchar) with function redshift.super_text(redshift_pg.jsonb);
create cast (redshift_pg.jsonb as date) with function redshift.super_date(redshift_pg.jsonb);
create cast (redshift_pg.jsonb as timestamp) with function redshift.super_timestamp(redshift_pg.jsonb);
create function redshift.text_super(varchar) returns redshift_pg.jsonb language sql immutable strict return to_jsonb($1);
create function redshift.bigint_super(bigint) returns redshift_pg.jsonb language sql immutable strict return to_jsonb($1);
create function redshift.int_super(int) returns redshift_pg.jsonb language sql immutable strict return to_jsonb($1);
create function redshift.smallint_super(smallint) returns redshift_pg.jsonb language sql immutable strict return to_jsonb($1);
create function redshift.decimal_super(numeric) returns redshift_pg.jsonb language sql immutable strict return to_jsonb($1);
create function redshift.double_super(double precision) returns redshift_pg.jsonb language sql immutable strict return to_jsonb($1);
create function redshift.boolean_super(boolean) returns redshift_pg.jsonb language sql immutable strict return to_jsonb($1);
create cast (varchar as redshift_pg.jsonb) with function redshift.text_super(varchar) as assignment;
create cast (bigint as redshift_pg.jsonb) with function redshift.bigint_super(bigint) as assignment;
create cast (int as redshift_pg.jsonb) with function redshift.int_super(int) as assignment;
create cast (smallint as redshift_pg.jsonb) with function redshift.smallint_super(smallint) as assignment;
create cast (numeric as redshift_pg.jsonb) with function redshift.decimal_super(numeric) as assignment;
create cast (double precision as redshift_pg.jsonb) with function redshift.double_super(double precision) as assignment;
create cast (boolean as redshift_pg.jsonb) with function redshift.boolean_super(boolean) as assignment;

-- VARBYTE: https://docs.aws.amazon.com/redshift/latest/dg/r_VARBYTE_type.html
create function redshift.hex(text) returns redshift_pg.bytea language plpgsql immutable strict as $$
begin
    return decode($1, 'hex');
exception when others then
    raise exception 'invalid hexadecimal string: %', $1 using errcode = '22023';
end $$;
create function pg_catalog.from_hex(text) returns pg_catalog.varbyte language sql immutable strict return redshift.hex($1);
create function pg_catalog.to_hex(bytea) returns varchar language sql immutable strict return encode($1, 'hex');
create function pg_catalog.to_varbyte(text, text) returns pg_catalog.varbyte language sql immutable strict
    return case lower($2) when 'hex' then redshift.hex($1) when 'base64' then decode($1, 'base64')
                          when 'utf8' then convert_to($1, 'UTF8') when 'utf-8' then convert_to($1, 'UTF8')
                          else redshift.hex(redshift.fail('22023', 'unsupported format ' || $2 || ' of TO_VARBYTE')) end;
create function pg_catalog.from_varbyte(bytea, text) returns varchar language sql immutable strict
    return case lower($2) when 'hex' then encode($1, 'hex') when 'base64' then replace(encode($1, 'base64'), chr(10), '')
                          when 'utf8' then convert_from($1, 'UTF8') when 'utf-8' then convert_from($1, 'UTF8')
                          else redshift.fail('22023', 'unsupported format ' || $2 || ' of FROM_VARBYTE') end;
create function pg_catalog.getbit(bytea, int) returns int language sql immutable strict
    return get_bit($1, (length($1) - 1 - $2 / 8) * 8 + $2 % 8);
create function redshift.text_varbyte(varchar) returns redshift_pg.bytea language sql immutable strict return convert_to($1, 'UTF8');
create function redshift.char_varbyte(bpchar) returns redshift_pg.bytea language sql immutable strict return convert_to(textin(bpcharout($1)), 'UTF8');
create function redshift.varbyte_text(redshift_pg.bytea) returns varchar language sql immutable strict return convert_from($1, 'UTF8');
create cast (varchar as redshift_pg.bytea) with function redshift.text_varbyte(varchar);
create cast (bpchar as redshift_pg.bytea) with function redshift.char_varbyte(bpchar);
create cast (redshift_pg.bytea as varchar) with function redshift.varbyte_text(redshift_pg.bytea);
create cast (smallint as redshift_pg.bytea) with function redshift_pg.int2send(smallint);
create cast (int as redshift_pg.bytea) with function redshift_pg.int4send(int);
create cast (bigint as redshift_pg.bytea) with function redshift_pg.int8send(bigint);
