-- Text, its length in bytes, and hashes. PostgreSQL inlines a function whose body is an expression, but not a strict one with a CASE.
-- Fails with this message; of the type that the expression around it needs.
create function redshift.fail(state text, message text) returns text language plpgsql immutable as $$
begin
    raise exception '%', message using errcode = state;
end $$;

-- VARCHAR(n) and CHAR(n) count bytes where PostgreSQL counts characters: an explicit cast cuts between characters, an assignment
-- refuses unless only blanks are lost. https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html
create function redshift.cut(value text, bytes int) returns text language plpgsql immutable strict as $$
declare
    cut text := left(value, bytes);
    excess int := octet_length(cut) - bytes;
begin
    while excess > 0 loop
        cut := left(cut, length(cut) - (excess + 3) / 4);
        excess := octet_length(cut) - bytes;
    end loop;
    return cut;
end $$;
create function redshift.fit(value text, bytes int, explicit boolean, type text) returns text language plpgsql immutable strict as $$
begin
    if not explicit and octet_length(rtrim(value, ' ')) > bytes then
        raise exception 'value too long for type %(%)', type, bytes using errcode = '22001';
    end if;
    return redshift.cut(value, bytes);
end $$;
create function redshift.varchar(varchar, int, boolean) returns varchar language sql immutable
    return case when $2 < 4 or octet_length($1) <= $2 - 4 then $1 else redshift.fit($1::text, $2 - 4, $3, 'character varying')::varchar end;
update pg_catalog.pg_cast set castfunc = 'redshift.varchar(varchar, int, boolean)'::regprocedure
where castsource = 'varchar'::regtype and casttarget = 'varchar'::regtype;

create function redshift.only_ascii(value text) returns text language plpgsql immutable strict as $$
begin
    if octet_length(value) > char_length(value) then
        raise exception 'Multibyte character not supported for CHAR (Hint: Try using VARCHAR).' using errcode = '22021';
    end if;
    return value;
end $$;
create function redshift.char(bpchar, int, boolean) returns bpchar language sql immutable
    return case when octet_length($1) = $2 - 4 and char_length(textin(bpcharout($1))) = $2 - 4 then $1
                else rpad(redshift.only_ascii(redshift.fit(textin(bpcharout($1)), greatest($2 - 4, 0), $3, 'character')), $2 - 4)::bpchar end;
update pg_catalog.pg_cast set castfunc = 'redshift.char(bpchar, int, boolean)'::regprocedure
where castsource = 'bpchar'::regtype and casttarget = 'bpchar'::regtype;

create function pg_catalog.concat(text, text) returns varchar language sql immutable strict return $1 || $2;
create function pg_catalog.concat(bytea, bytea) returns pg_catalog.varbyte language sql immutable strict return $1 || $2;
create function pg_catalog.len(text) returns int language sql immutable strict return length($1);
create function pg_catalog.len(bpchar) returns int language sql immutable strict return length($1);
create function pg_catalog.len(bytea) returns int language sql immutable strict return length($1);
create function pg_catalog.textlen(text) returns int language sql immutable strict return length($1);
create function pg_catalog.charindex(text, text) returns int language sql immutable strict return strpos($2, $1);
create function pg_catalog.octetindex(text, text) returns int language sql immutable strict
    return redshift_pg.position(convert_to($2, 'UTF8'), convert_to($1, 'UTF8'));
create function pg_catalog.replicate(text, int) returns varchar language sql immutable strict return repeat($1, $2);
create function pg_catalog.split_part(text, text, int) returns varchar language sql immutable
    return case when $3 < 1 then redshift.fail('22023', 'field position must be greater than zero: ' || $3) else redshift_pg.split_part($1, $2, $3) end;

-- Parameters of regular expressions; e and p (PCRE) are not carried out.
create function redshift.regular(text) returns text language sql immutable strict
    return case when $1 ~ '^[ci]*$' then $1
                else redshift.fail('0A000', 'the stand-in does not support the parameter ''' || $1 || ''' of regular expressions yet') end;
create function pg_catalog.regexp_replace(text, text) returns varchar language sql immutable strict
    return redshift_pg.regexp_replace($1, $2, '', 1, 0, 'c');
create function pg_catalog.regexp_replace(text, text, text) returns varchar language sql immutable strict
    return redshift_pg.regexp_replace($1, $2, $3, 1, 0, 'c');
create function pg_catalog.regexp_replace(text, text, text, int) returns varchar language sql immutable strict
    return redshift_pg.regexp_replace($1, $2, $3, greatest($4, 1), 0, 'c');
create function pg_catalog.regexp_replace(text, text, text, int, text) returns varchar language sql immutable strict
    return redshift_pg.regexp_replace($1, $2, $3, greatest($4, 1), 0, redshift.regular($5));
create function pg_catalog.regexp_count(text, text) returns int language sql immutable strict return redshift_pg.regexp_count($1, $2);
create function pg_catalog.regexp_count(text, text, int) returns int language sql immutable strict
    return redshift_pg.regexp_count($1, $2, greatest($3, 1));
create function pg_catalog.regexp_count(text, text, int, text) returns int language sql immutable strict
    return redshift_pg.regexp_count($1, $2, greatest($3, 1), redshift.regular($4));
create function pg_catalog.regexp_instr(text, text) returns int language sql immutable strict return redshift_pg.regexp_instr($1, $2);
create function pg_catalog.regexp_instr(text, text, int) returns int language sql immutable strict
    return redshift_pg.regexp_instr($1, $2, greatest($3, 1));
create function pg_catalog.regexp_instr(text, text, int, int) returns int language sql immutable strict
    return case when $4 < 1 then 0 else redshift_pg.regexp_instr($1, $2, greatest($3, 1), $4) end;
create function pg_catalog.regexp_instr(text, text, int, int, int) returns int language sql immutable strict
    return case when $4 < 1 then 0 else redshift_pg.regexp_instr($1, $2, greatest($3, 1), $4, $5) end;
create function pg_catalog.regexp_instr(text, text, int, int, int, text) returns int language sql immutable strict
    return case when $4 < 1 then 0 else redshift_pg.regexp_instr($1, $2, greatest($3, 1), $4, $5, redshift.regular($6)) end;
create function pg_catalog.regexp_substr(text, text) returns varchar language sql immutable strict
    return coalesce(redshift_pg.regexp_substr($1, $2), '');
create function pg_catalog.regexp_substr(text, text, int) returns varchar language sql immutable strict
    return coalesce(redshift_pg.regexp_substr($1, $2, greatest($3, 1)), '');
create function pg_catalog.regexp_substr(text, text, int, int) returns varchar language sql immutable strict
    return case when $4 between 1 and length($1) then coalesce(redshift_pg.regexp_substr($1, $2, greatest($3, 1), $4), '') end;
create function pg_catalog.regexp_substr(text, text, int, int, text) returns varchar language sql immutable strict
    return case when $4 between 1 and length($1) then coalesce(redshift_pg.regexp_substr($1, $2, greatest($3, 1), $4, redshift.regular($5)), '') end;

-- https://docs.aws.amazon.com/redshift/latest/dg/r_STRTOL.html. The digest calls it with 15 hexadecimal digits for every value: one call
-- that evaluates its argument once is faster than an inlined expression that does so several times.
create function pg_catalog.strtol(text, int) returns bigint language plpgsql immutable strict as $$
begin
    if $2 = 16 and octet_length($1) between 1 and 15 and translate($1, '0123456789abcdefABCDEF', '') = '' then
        return ('0x' || $1)::bigint;
    end if;
    return redshift.strtol($1, $2);
end $$;
create function redshift.strtol(digits text, base int) returns bigint language plpgsql immutable strict as $$
declare
    rest text := lower(ltrim(digits, E' \t\n\r\f\v'));
    negative boolean := left(rest, 1) = '-';
    value numeric := 0;
    digit int;
begin
    if base < 2 or base > 36 then
        raise exception 'invalid base % for strtol: must be between 2 and 36', base using errcode = '22023';
    end if;
    if left(rest, 1) in ('+', '-') then
        rest := substr(rest, 2);
    end if;
    if base = 16 and left(rest, 2) = '0x' then
        rest := substr(rest, 3);
    end if;
    for i in 1 .. length(rest) loop
        digit := strpos('0123456789abcdefghijklmnopqrstuvwxyz', substr(rest, i, 1)) - 1;
        if digit < 0 or digit >= base then
            raise exception 'The input % is not valid to be converted to base %', digits, base using errcode = '22P02';
        end if;
        value := value * base + digit;
    end loop;
    if value > 9223372036854775807 + (case when negative then 1 else 0 end)::numeric then
        raise exception 'The input % is out of the range of BIGINT', digits using errcode = '22003';
    end if;
    return (case when negative then -value else value end)::bigint;
end $$;

create function pg_catalog.sha1(text) returns varchar language sql immutable strict
    return encode(redshift.digest($1, 'sha1'), 'hex');
create function pg_catalog.sha(text) returns varchar language sql immutable strict return pg_catalog.sha1($1);
create function pg_catalog.func_sha1(text) returns varchar language sql immutable strict return pg_catalog.sha1($1);
create function pg_catalog.sha2(text, int) returns varchar language sql immutable strict
    return encode(case $2 when 0 then sha256(convert_to($1, 'UTF8')) when 224 then sha224(convert_to($1, 'UTF8'))
                          when 256 then sha256(convert_to($1, 'UTF8')) when 384 then sha384(convert_to($1, 'UTF8'))
                          when 512 then sha512(convert_to($1, 'UTF8')) end, 'hex');
create function pg_catalog.crc32(text) returns varchar language plpgsql immutable strict as $$
declare
    data bytea := convert_to($1, 'UTF8');
    crc bigint := 4294967295;
begin
    for i in 0 .. length(data) - 1 loop
        crc := crc # get_byte(data, i);
        for bit in 1 .. 8 loop
            crc := (crc >> 1) # (case when crc & 1 = 1 then 3988292384 else 0 end);
        end loop;
    end loop;
    return lpad(to_hex(crc # 4294967295), 8, '0');
end $$;

-- FNV-1a over the value's bytes, integers in the order of the machine: https://docs.aws.amazon.com/redshift/latest/dg/r_FNV_HASH.html
create function redshift.fnv(data bytea, seed bigint) returns bigint language plpgsql immutable strict as $$
declare
    hash numeric := seed;
begin
    if hash < 0 then
        hash := hash + 18446744073709551616;
    end if;
    for i in 0 .. length(data) - 1 loop
        hash := hash - mod(hash, 256) + (mod(hash, 256)::int # get_byte(data, i));
        hash := mod(hash * 1099511628211, 18446744073709551616);
    end loop;
    return (case when hash > 9223372036854775807 then hash - 18446744073709551616 else hash end)::bigint;
end $$;
create function redshift.backwards(bytea) returns bytea language sql immutable strict
    return (select string_agg(substr($1, i, 1), ''::redshift_pg.bytea order by i desc) from generate_series(1, length($1)) i);
create function pg_catalog.fnv_hash(text) returns bigint language sql immutable strict
    return redshift.fnv(convert_to($1, 'UTF8'), -3750763034362895579);
create function pg_catalog.fnv_hash(text, bigint) returns bigint language sql immutable strict return redshift.fnv(convert_to($1, 'UTF8'), $2);
create function pg_catalog.fnv_hash(smallint) returns bigint language sql immutable strict
    return redshift.fnv(redshift.backwards(int2send($1)), -3750763034362895579);
create function pg_catalog.fnv_hash(int) returns bigint language sql immutable strict
    return redshift.fnv(redshift.backwards(int4send($1)), -3750763034362895579);
create function pg_catalog.fnv_hash(bigint) returns bigint language sql immutable strict
    return redshift.fnv(redshift.backwards(int8send($1)), -3750763034362895579);
create function pg_catalog.fnv_hash(int, bigint) returns bigint language sql immutable strict return redshift.fnv(redshift.backwards(int4send($1)), $2);
create function pg_catalog.fnv_hash(bigint, bigint) returns bigint language sql immutable strict return redshift.fnv(redshift.backwards(int8send($1)), $2);

create function redshift.version() returns text language sql immutable
    return 'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), Redshift 1.0.99999 (Caravan sandbox stand-in)';
create function pg_catalog.current_user_id() returns int language sql stable
    return (select usesysid::int from pg_user where usename = current_user);

-- Clients also ask with the schema's name.
create function pg_catalog.version() returns text language sql immutable return redshift.version();
