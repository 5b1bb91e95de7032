-- Numbers: casts to DECIMAL, and functions and aggregates whose results differ in type or scale from PostgreSQL's.

-- A cast to DECIMAL(p,s): explicitly it cuts the scale off, in an assignment it rounds.
-- https://docs.aws.amazon.com/redshift/latest/dg/r_Numeric_types201.html ("results of explicit casts of values selected from tables are not
-- rounded"); what overflows is said in the words of r_numeric_computations201.html, and 19 digits are kept in 64 bits.
create function redshift.overflow(value numeric, typmod int) returns numeric language plpgsql immutable strict as $$
begin
    raise exception 'Numeric data overflow (result precision)' using errcode = 'XX000',
        detail = value || ' does not fit DECIMAL(' || (typmod - 4 >> 16) || ',' || (typmod - 4 & 2047) || ')';
end $$;
create function redshift.within(value numeric, typmod int) returns numeric language sql immutable strict
    return case when abs($1) >= power(10::numeric, ($2 - 4 >> 16) - ($2 - 4 & 2047))
                     or ($2 - 4 >> 16) = 19 and abs($1) * power(10::numeric, $2 - 4 & 2047) > 9223372036854775807
                then redshift.overflow($1, $2) else $1 end;
create function redshift.decimal(value numeric, typmod int, explicit boolean) returns numeric language plpgsql immutable strict as $$
declare
    scale_ int := typmod - 4 & 2047;
    scaled numeric;
begin
    if value = 'NaN' then
        return value;
    end if;
    scaled := case when explicit then trunc(value, scale_) else round(value, scale_) end;
    return redshift.within(scaled, typmod);
end $$;
update pg_catalog.pg_cast set castfunc = 'redshift.decimal(numeric, int, boolean)'::regprocedure
where castsource = 'numeric'::regtype and casttarget = 'numeric'::regtype;

create function pg_catalog.round(double precision, int) returns double precision language sql immutable strict
    return round($1::numeric, $2)::double precision;
create function pg_catalog.trunc(double precision, int) returns double precision language sql immutable strict
    return trunc($1::numeric, $2)::double precision;

-- AVG of integers is a BIGINT and cuts off; of DECIMAL it has the argument's scale: https://docs.aws.amazon.com/redshift/latest/dg/r_AVG.html
create function redshift.integer_average(bigint[]) returns bigint language sql immutable strict
    return case when $1[1] > 0 then $1[2] / $1[1] end;
create function redshift.add(numeric[], bigint) returns numeric[] language plpgsql immutable strict as $$
begin
    return array[$1[1] + 1, $1[2] + $2];
end $$;
create function redshift.add(numeric[], numeric) returns numeric[] language plpgsql immutable strict as $$
begin
    return array[$1[1] + 1, $1[2] + $2];
end $$;
create function redshift.bigint_average(numeric[]) returns bigint language sql immutable strict
    return case when $1[1] > 0 then trunc($1[2] / $1[1])::bigint end;
create function redshift.decimal_average(numeric[]) returns numeric language sql immutable strict
    return case when $1[1] > 0 then trunc($1[2] / $1[1], redshift_pg.scale($1[2])) end;
create aggregate pg_catalog.avg(smallint) (sfunc = redshift_pg.int2_avg_accum, stype = bigint[], initcond = '{0,0}', finalfunc = redshift.integer_average);
create aggregate pg_catalog.avg(int) (sfunc = redshift_pg.int4_avg_accum, stype = bigint[], initcond = '{0,0}', finalfunc = redshift.integer_average);
create aggregate pg_catalog.avg(bigint) (sfunc = redshift.add, stype = numeric[], initcond = '{0,0}', finalfunc = redshift.bigint_average);
create aggregate pg_catalog.avg(numeric) (sfunc = redshift.add, stype = numeric[], initcond = '{0,0}', finalfunc = redshift.decimal_average);
create aggregate pg_catalog.listagg(text, text) (sfunc = redshift_pg.string_agg_transfn, stype = internal, finalfunc = redshift_pg.string_agg_finalfn);
