-- Runs last: the stand-in's own functions find what is hidden, and clients do not. A body that is an expression is bound already.
do $$
declare
    own regprocedure;
begin
    for own in select p.oid from pg_proc p join pg_language l on l.oid = p.prolang
               where p.oid >= 16384 and p.pronamespace in ('pg_catalog'::regnamespace, 'redshift'::regnamespace)
                 and l.lanname in ('sql', 'plpgsql') and p.prosqlbody is null
    loop
        execute format('alter function %s set search_path = pg_catalog, redshift_pg, pg_temp', own);
    end loop;
end $$;
