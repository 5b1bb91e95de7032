-- Numbers: casts to DECIMAL, and functions and aggregates whose results differ in type or scale from PostgreSQL's.

-- A cast to DECIMAL(p,s): explicitly it cuts the scale off, in an assignment it rounds, which PostgreSQL's own function does.
-- https://docs.aws.amazon.com/redshift/latest/dg/r_Numeric_types201.html: "results of explicit casts of values selected from tables are not
-- rounded". The digest casts every value that it sums, so this is one expression that names its value once, and is inlined.
create function redshift.decimal(numeric, int, boolean) returns numeric language sql immutable
    return redshift_pg.numeric(trunc($1, case when $3 then $2 - 4 & 2047 else 200 end), $2);
update pg_catalog.pg_cast set castfunc = 'redshift.decimal(numeric, int, boolean)'::regprocedure
where castsource = 'numeric'::regtype and casttarget = 'numeric'::regtype;

-- DECIMAL up to 19 digits is kept in 64 bits, so that a column of 19 does not take them all (r_Numeric_types201.html).
create function redshift.beyond_64_bits() returns boolean language plpgsql volatile as $$
begin
    raise exception 'Numeric data overflow (result precision)' using errcode = 'XX000', detail = 'DECIMAL values of 19 digits are kept in 64 bits';
end $$;

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
