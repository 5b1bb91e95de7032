-- Dates and times.
create function pg_catalog.getdate() returns timestamp language sql stable return statement_timestamp()::timestamp(0);
create function pg_catalog.redshift_sysdate() returns timestamp language sql stable return now()::timestamp;
create function pg_catalog.trunc(timestamp) returns date language sql immutable strict return $1::date;
create function pg_catalog.date(timestamp) returns date language sql immutable strict return $1::date;

-- The names of a part: https://docs.aws.amazon.com/redshift/latest/dg/r_Dateparts_for_datetime_functions.html
create function redshift.unit(text) returns text language sql immutable strict
    return case lower($1)
        when 'millennia' then 'millennium' when 'mil' then 'millennium' when 'mils' then 'millennium'
        when 'c' then 'century' when 'cent' then 'century' when 'cents' then 'century' when 'centuries' then 'century'
        when 'decades' then 'decade' when 'dec' then 'decade' when 'decs' then 'decade'
        when 'y' then 'year' when 'yr' then 'year' when 'yrs' then 'year' when 'years' then 'year'
        when 'qtr' then 'quarter' when 'qtrs' then 'quarter' when 'quarters' then 'quarter'
        when 'mon' then 'month' when 'mons' then 'month' when 'months' then 'month'
        when 'w' then 'week' when 'weeks' then 'week'
        when 'dayofweek' then 'dow' when 'dw' then 'dow' when 'weekday' then 'dow'
        when 'dayofyear' then 'doy' when 'dy' then 'doy' when 'yearday' then 'doy'
        when 'd' then 'day' when 'days' then 'day'
        when 'h' then 'hour' when 'hr' then 'hour' when 'hrs' then 'hour' when 'hours' then 'hour'
        when 'm' then 'minute' when 'min' then 'minute' when 'mins' then 'minute' when 'minutes' then 'minute'
        when 's' then 'second' when 'sec' then 'second' when 'secs' then 'second' when 'seconds' then 'second'
        when 'ms' then 'millisecond' when 'msec' then 'millisecond' when 'msecs' then 'millisecond' when 'msecond' then 'millisecond'
        when 'mseconds' then 'millisecond' when 'millisec' then 'millisecond' when 'millisecs' then 'millisecond'
        when 'millisecon' then 'millisecond' when 'milliseconds' then 'millisecond'
        when 'us' then 'microsecond' when 'usec' then 'microsecond' when 'usecs' then 'microsecond' when 'microsec' then 'microsecond'
        when 'microsecs' then 'microsecond' when 'microsecond' then 'microsecond' when 'microseconds' then 'microsecond'
        else lower($1) end;
create function redshift.no_unit(text) returns bigint language plpgsql immutable strict as $$
begin
    raise exception 'unit "%" not recognized', $1 using errcode = '22023';
end $$;
create function redshift.floor_div(bigint, bigint) returns bigint language sql immutable strict
    return ($1 - ((($1 % $2) + $2) % $2)) / $2;
create function redshift.months(timestamp) returns bigint language sql immutable strict
    return (redshift_pg.extract('year', $1) * 12 + redshift_pg.extract('month', $1) - 1)::bigint;

-- DATEDIFF counts the boundaries of the unit that lie between: https://docs.aws.amazon.com/redshift/latest/dg/r_DATEDIFF_function.html
create function pg_catalog.datediff(text, timestamp, timestamp) returns bigint language sql immutable
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
        when 'year' then (redshift_pg.extract('year', $3) - redshift_pg.extract('year', $2))::bigint
        when 'decade' then redshift.floor_div(redshift.months($3), 120) - redshift.floor_div(redshift.months($2), 120)
        when 'century' then (redshift_pg.extract('century', $3) - redshift_pg.extract('century', $2))::bigint
        when 'millennium' then (redshift_pg.extract('millennium', $3) - redshift_pg.extract('millennium', $2))::bigint
        else redshift.no_unit($1) end;
create function pg_catalog.datediff(text, date, date) returns bigint language sql immutable
    return case when redshift.unit($1) = 'day' then ($3 - $2)::bigint else datediff($1, $2::timestamp, $3::timestamp) end;
create function pg_catalog.datediff(text, timestamptz, timestamptz) returns bigint language sql immutable
    return datediff($1, $2 at time zone 'UTC', $3 at time zone 'UTC');
create function pg_catalog.datediff(text, time, time) returns bigint language sql immutable
    return datediff($1, date '2000-01-01' + $2, date '2000-01-01' + $3);
create function pg_catalog.datediff(text, timetz, timetz) returns bigint language sql immutable
    return datediff($1, (date '2000-01-01' + $2) at time zone 'UTC', (date '2000-01-01' + $3) at time zone 'UTC');

-- A year on from 29 February is 1 March, 12 months on 28 February: https://docs.aws.amazon.com/redshift/latest/dg/r_DATEADD_function.html
create function pg_catalog.dateadd(text, bigint, timestamp) returns timestamp language sql immutable
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
            + case when to_char($3, 'MMDD') = '0229' and to_char($3 + $2 * interval '1 year', 'MMDD') = '0228' then interval '1 day' else interval '0' end
        when 'decade' then $3 + $2 * interval '10 years'
        when 'century' then $3 + $2 * interval '100 years'
        when 'millennium' then $3 + $2 * interval '1000 years'
        else $3 + redshift.no_unit($1) * interval '1 day' end;
create function pg_catalog.dateadd(text, bigint, date) returns timestamp language sql immutable return dateadd($1, $2, $3::timestamp);
create function pg_catalog.dateadd(text, bigint, text) returns timestamp language sql stable return dateadd($1, $2, $3::timestamp);
create function pg_catalog.dateadd(text, bigint, timestamptz) returns timestamptz language sql immutable
    return dateadd($1, $2, $3 at time zone 'UTC') at time zone 'UTC';
create function pg_catalog.dateadd(text, bigint, time) returns time language sql immutable
    return dateadd($1, $2, date '2000-01-01' + $3)::time;

-- EXTRACT gives the part alone, DATE_PART the whole seconds: r_Dateparts_for_datetime_functions.html, "variations in results".
create function redshift.part(text, timestamp) returns double precision language sql immutable
    return case redshift.unit($1) when 'decade' then redshift_pg.date_part('decade', $2) + 1 else redshift_pg.date_part(redshift.unit($1), $2) end;
create function pg_catalog.date_part(text, timestamp) returns double precision language sql immutable return redshift.part($1, $2);
create function pg_catalog.date_part(text, date) returns double precision language sql immutable return redshift.part($1, $2::timestamp);
create function pg_catalog.date_part(text, timestamptz) returns double precision language sql stable
    return case when redshift.unit($1) like 'timezone%' or redshift.unit($1) = 'epoch' then redshift_pg.date_part(redshift.unit($1), $2)
                else redshift.part($1, $2::timestamp) end;
create function pg_catalog.date_part(text, time) returns double precision language sql immutable return redshift_pg.date_part(redshift.unit($1), $2);
create function pg_catalog.date_part(text, timetz) returns double precision language sql immutable return redshift_pg.date_part(redshift.unit($1), $2);
create function pg_catalog.date_part(text, interval) returns double precision language sql immutable return redshift_pg.date_part(redshift.unit($1), $2);
create function redshift.part_alone(text, numeric) returns int language sql immutable strict
    return case redshift.unit($1) when 'second' then trunc($2)::int when 'millisecond' then (trunc($2) % 1000)::int
                                  when 'microsecond' then ($2 % 1000)::int when 'decade' then $2::int + 1 else floor($2)::int end;
create function pg_catalog.extract(text, timestamp) returns int language sql immutable
    return redshift.part_alone($1, redshift_pg.extract(redshift.unit($1), $2));
create function pg_catalog.extract(text, date) returns int language sql immutable
    return redshift.part_alone($1, redshift_pg.extract(redshift.unit($1), $2::timestamp));
create function pg_catalog.extract(text, time) returns int language sql immutable
    return redshift.part_alone($1, redshift_pg.extract(redshift.unit($1), $2));
create function pg_catalog.extract(text, timetz) returns int language sql immutable
    return redshift.part_alone($1, redshift_pg.extract(redshift.unit($1), $2));
create function pg_catalog.extract(text, timestamptz) returns double precision language sql stable
    return case when redshift.unit($1) = 'epoch' then floor(redshift_pg.extract('epoch', $2))
                else redshift.part_alone($1, redshift_pg.extract(redshift.unit($1), $2)) end::double precision;
create function pg_catalog.extract(text, interval) returns int language sql immutable
    return redshift.part_alone($1, redshift_pg.extract(redshift.unit($1), $2));
-- EXTRACT(EPOCH …) is a call of its own, since INTEGER ends in 2038; assumed to be a BIGINT.
create function redshift.epoch(timestamp) returns bigint language sql immutable strict return floor(redshift_pg.extract('epoch', $1))::bigint;
create function redshift.epoch(timestamptz) returns double precision language sql immutable strict
    return floor(redshift_pg.extract('epoch', $1))::double precision;
create function redshift.epoch(date) returns bigint language sql immutable strict return ($1 - date '1970-01-01')::bigint * 86400;
create function redshift.epoch(time) returns bigint language sql immutable strict return floor(redshift_pg.extract('epoch', $1))::bigint;
create function redshift.epoch(interval) returns bigint language sql immutable strict return floor(redshift_pg.extract('epoch', $1))::bigint;

create function pg_catalog.date_trunc(text, date) returns timestamp language sql immutable strict return date_trunc($1, $2::timestamp);
create function pg_catalog.date_part_year(date) returns int language sql immutable strict return redshift_pg.extract('year', $1)::int;
create function pg_catalog.last_day(timestamp) returns date language sql immutable strict
    return (date_trunc('month', $1) + interval '1 month' - interval '1 day')::date;
create function pg_catalog.add_months(timestamp, bigint) returns timestamp language sql immutable
    return case when $1::date = last_day($1) then last_day(date_trunc('month', $1) + $2 * interval '1 month') + $1::time
                else $1 + $2 * interval '1 month' end;
create function pg_catalog.months_between(timestamp, timestamp) returns double precision language sql immutable
    return case when to_char($1, 'DD') = to_char($2, 'DD') or $1::date = last_day($1) and $2::date = last_day($2)
                then (redshift.months($1) - redshift.months($2))::double precision
                else redshift.months($1) - redshift.months($2)
                     + (redshift_pg.date_part('epoch', $1 - date_trunc('month', $1)) - redshift_pg.date_part('epoch', $2 - date_trunc('month', $2))) / 86400 / 31 end;
create function pg_catalog.next_day(timestamp, text) returns date language plpgsql immutable strict as $$
declare
    day int := case lower($2) when 'su' then 0 when 'sun' then 0 when 'sunday' then 0 when 'm' then 1 when 'mo' then 1 when 'mon' then 1 when 'monday' then 1
        when 'tu' then 2 when 'tues' then 2 when 'tue' then 2 when 'tuesday' then 2 when 'w' then 3 when 'we' then 3 when 'wed' then 3 when 'wednesday' then 3
        when 'th' then 4 when 'thu' then 4 when 'thurs' then 4 when 'thursday' then 4 when 'f' then 5 when 'fr' then 5 when 'fri' then 5 when 'friday' then 5
        when 'sa' then 6 when 'sat' then 6 when 'saturday' then 6 end;
begin
    if day is null then
        raise exception 'day "%" not recognized', $2 using errcode = '22023';
    end if;
    return $1::date + ((day - redshift_pg.date_part('dow', $1)::int + 6) % 7) + 1;
end $$;
create function pg_catalog.date_cmp(date, date) returns int language sql immutable strict return sign($1 - $2)::int;
create function pg_catalog.date_cmp_timestamp(date, timestamp) returns int language sql immutable
    return case when $1::timestamp < $2 then -1 when $1::timestamp > $2 then 1 when $1::timestamp = $2 then 0 end;
create function pg_catalog.timestamp_cmp(timestamp, timestamp) returns int language sql immutable
    return case when $1 < $2 then -1 when $1 > $2 then 1 when $1 = $2 then 0 end;
create function pg_catalog.interval_cmp(interval, interval) returns int language sql immutable
    return case when $1 < $2 then -1 when $1 > $2 then 1 when $1 = $2 then 0 end;

-- Without is_strict a day beyond the month's end counts on: https://docs.aws.amazon.com/redshift/latest/dg/r_TO_DATE_function.html
create function pg_catalog.to_date(text, text, boolean) returns date language plpgsql stable strict as $$
declare
    day_at int := strpos(upper($2), 'DD');
begin
    return redshift_pg.to_date($1, $2);
exception when datetime_field_overflow then
    if $3 or day_at = 0 or length($1) <> length($2) or substr($1, day_at, 2) !~ '^[0-9]{2}$' then
        raise;
    end if;
    return redshift_pg.to_date(left($1, day_at - 1) || '01' || substr($1, day_at + 2), $2) + substr($1, day_at, 2)::int - 1;
end $$;
create function pg_catalog.to_date(text, text) returns date language sql stable strict return to_date($1, $2, false);

create function pg_catalog.convert_timezone(text, text, timestamp) returns timestamp language sql stable strict
    return $3 at time zone $1 at time zone $2;
create function pg_catalog.convert_timezone(text, timestamp) returns timestamp language sql stable strict
    return $2 at time zone 'UTC' at time zone $1;
create function pg_catalog.convert_timezone(text, timestamptz) returns timestamp language sql stable strict return $2 at time zone $1;
