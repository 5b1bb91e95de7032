-- Functions of dates and times that Redshift has and PostgreSQL has not.
create function pg_catalog.getdate() returns timestamp language sql stable as $$ select statement_timestamp()::timestamp(0) $$;
create function pg_catalog.redshift_sysdate() returns timestamp language sql stable as $$ select now()::timestamp $$;

create function pg_catalog.trunc(timestamp) returns date language sql immutable strict as $$ select $1::date $$;

-- DATEDIFF counts the boundaries of the unit that lie between: https://docs.aws.amazon.com/redshift/latest/dg/r_DATEDIFF_function.html
create function redshift.unit(text) returns text language sql immutable strict as $$
    select case lower($1)
        when 'y' then 'year' when 'yr' then 'year' when 'yrs' then 'year' when 'years' then 'year'
        when 'qtr' then 'quarter' when 'qtrs' then 'quarter' when 'quarters' then 'quarter'
        when 'mon' then 'month' when 'mons' then 'month' when 'months' then 'month'
        when 'w' then 'week' when 'weeks' then 'week'
        when 'd' then 'day' when 'days' then 'day'
        when 'h' then 'hour' when 'hr' then 'hour' when 'hrs' then 'hour' when 'hours' then 'hour'
        when 'm' then 'minute' when 'min' then 'minute' when 'mins' then 'minute' when 'minutes' then 'minute'
        when 's' then 'second' when 'sec' then 'second' when 'secs' then 'second' when 'seconds' then 'second'
        when 'ms' then 'millisecond' when 'msec' then 'millisecond' when 'msecs' then 'millisecond' when 'msecond' then 'millisecond'
        when 'mseconds' then 'millisecond' when 'millisec' then 'millisecond' when 'millisecs' then 'millisecond'
        when 'millisecon' then 'millisecond' when 'milliseconds' then 'millisecond'
        when 'us' then 'microsecond' when 'usec' then 'microsecond' when 'usecs' then 'microsecond' when 'microsec' then 'microsecond'
        when 'microsecs' then 'microsecond' when 'microsecond' then 'microsecond' when 'microseconds' then 'microsecond'
        else lower($1) end $$;
create function redshift.micros(timestamp) returns bigint language sql immutable strict as $$
    select (extract(epoch from date_trunc('second', $1)) * 1000000)::bigint
         + (extract(microseconds from $1)::bigint % 1000000) $$;
create function redshift.floor_div(bigint, bigint) returns bigint language sql immutable strict as $$
    select ($1 - ((($1 % $2) + $2) % $2)) / $2 $$;
create function pg_catalog.datediff(text, timestamp, timestamp) returns bigint language plpgsql immutable strict as $$
begin
    return case redshift.unit($1)
        when 'microsecond' then redshift.micros($3) - redshift.micros($2)
        when 'millisecond' then redshift.floor_div(redshift.micros($3), 1000) - redshift.floor_div(redshift.micros($2), 1000)
        when 'second' then redshift.floor_div(redshift.micros($3), 1000000) - redshift.floor_div(redshift.micros($2), 1000000)
        when 'minute' then redshift.floor_div(redshift.micros($3), 60000000) - redshift.floor_div(redshift.micros($2), 60000000)
        when 'hour' then redshift.floor_div(redshift.micros($3), 3600000000) - redshift.floor_div(redshift.micros($2), 3600000000)
        when 'day' then ($3::date - $2::date)::bigint
        -- Weeks begin on Sunday; 2000-01-02 was one.
        when 'week' then redshift.floor_div($3::date - date '2000-01-02', 7) - redshift.floor_div($2::date - date '2000-01-02', 7)
        when 'month' then redshift.months($3) - redshift.months($2)
        when 'quarter' then redshift.floor_div(redshift.months($3), 3) - redshift.floor_div(redshift.months($2), 3)
        when 'year' then (extract(year from $3) - extract(year from $2))::bigint
        else redshift.unknown_unit($1) end;
end $$;
create function redshift.months(timestamp) returns bigint language sql immutable strict as $$
    select (extract(year from $1) * 12 + extract(month from $1) - 1)::bigint $$;
create function redshift.unknown_unit(text) returns bigint language plpgsql volatile as $$
begin
    raise exception 'unit "%" not recognized', $1 using errcode = '22023';
end $$;
create function pg_catalog.datediff(text, date, date) returns bigint language sql immutable strict as $$ select datediff($1, $2::timestamp, $3::timestamp) $$;
create function pg_catalog.datediff(text, timestamptz, timestamptz) returns bigint language sql immutable strict as $$
    select datediff($1, $2 at time zone 'UTC', $3 at time zone 'UTC') $$;
create function pg_catalog.datediff(text, time, time) returns bigint language sql immutable strict as $$
    select datediff($1, date '2000-01-01' + $2, date '2000-01-01' + $3) $$;

create function pg_catalog.dateadd(text, bigint, timestamp) returns timestamp language plpgsql immutable strict as $$
begin
    return case redshift.unit($1)
        when 'microsecond' then $3 + $2 * interval '1 microsecond'
        when 'millisecond' then $3 + $2 * interval '1 millisecond'
        when 'second' then $3 + $2 * interval '1 second'
        when 'minute' then $3 + $2 * interval '1 minute'
        when 'hour' then $3 + $2 * interval '1 hour'
        when 'day' then $3 + $2 * interval '1 day'
        when 'week' then $3 + $2 * interval '7 days'
        when 'month' then $3 + $2 * interval '1 month'
        when 'quarter' then $3 + $2 * interval '3 months'
        when 'year' then $3 + $2 * interval '1 year'
        else $3 + redshift.unknown_unit($1) * interval '1 day' end;
end $$;
create function pg_catalog.dateadd(text, bigint, date) returns timestamp language sql immutable strict as $$ select dateadd($1, $2, $3::timestamp) $$;
create function pg_catalog.dateadd(text, bigint, timestamptz) returns timestamptz language sql immutable strict as $$
    select dateadd($1, $2, $3 at time zone 'UTC') at time zone 'UTC' $$;
create function pg_catalog.add_months(timestamp, bigint) returns timestamp language sql immutable strict as $$ select dateadd('month', $2, $1) $$;
create function pg_catalog.last_day(timestamp) returns date language sql immutable strict as $$
    select (date_trunc('month', $1) + interval '1 month' - interval '1 day')::date $$;
create function pg_catalog.convert_timezone(text, text, timestamp) returns timestamp language sql stable strict as $$
    select $3 at time zone $1 at time zone $2 $$;
create function pg_catalog.convert_timezone(text, timestamp) returns timestamp language sql stable strict as $$
    select $2 at time zone 'UTC' at time zone $1 $$;
create function pg_catalog.convert_timezone(text, timestamptz) returns timestamp language sql stable strict as $$ select $2 at time zone $1 $$;
