-- Runs last: the stand-in's own functions find what is hidden, and clients do not. A body that is an expression is bound already, and those
-- that are called for every value name nothing hidden: a search path of its own would cost such a call several microseconds.
do $$
declare
    own regprocedure;
begin
    for own in select p.oid from pg_proc p join pg_language l on l.oid = p.prolang
               where p.oid >= 16384 and p.pronamespace in ('pg_catalog'::regnamespace, 'redshift'::regnamespace)
                 and l.lanname in ('sql', 'plpgsql') and p.prosqlbody is null
                 and p.proname not in ('strtol', 'cut', 'fit', 'only_ascii', 'fail', 'add', 'no_unit')
    loop
        execute format('alter function %s set search_path = pg_catalog, redshift_pg, pg_temp', own);
    end loop;
end $$;
