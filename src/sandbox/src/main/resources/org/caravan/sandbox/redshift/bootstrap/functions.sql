-- Functions of text, numbers, SUPER and VARBYTE that Redshift has and PostgreSQL has not.
create function redshift.version() returns text language sql immutable as $$
    select 'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), Redshift 1.0.99999 (Caravan sandbox stand-in)'
$$;

create aggregate pg_catalog.listagg(text, text) (sfunc = string_agg_transfn, stype = internal, finalfunc = string_agg_finalfn);
create function pg_catalog.len(text) returns int language sql immutable strict as $$ select length($1) $$;
create function pg_catalog.len(bytea) returns int language sql immutable strict as $$ select length($1) $$;
create function pg_catalog.charindex(text, text) returns int language sql immutable strict as $$ select strpos($2, $1) $$;
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
