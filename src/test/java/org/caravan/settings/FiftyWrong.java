package org.caravan.settings;

import java.util.Map;

/** Fifty settings that are wrong, each in its own way, in two files and the environment. */
public final class FiftyWrong {
    /** 25: values that are not of their type. */
    public static final String BASE =
            """
            caravan.profile=pro d
            s3.endpoint=localhost:9000
            s3.path-style=yes
            s3.attempts=many
            staging.prefix=_hidden
            staging.part-size=64M
            staging.uploads=0
            redshift.lock-wait=5 minutes
            redshift.statement-timeout=forever
            redshift.slices=-1
            verify.digest=redshit
            verify.compare=value
            verify.show-rows=all
            guard.pass=,
            schedule.time-zone=Berlin
            ledger.url=data/ledger
            ledger.lock-expiry=60
            clean.keep-files=1 week
            clean.keep-failed=7
            clean.keep-tables=-1d
            clean.keep-history=1y
            clean.keep-certificates=never
            clean.after-run=on
            customers.schedule=at 6 o'clock
            orders.schedule=daily
            """;

    /** 14 that nobody knows, 4 wrong ones, 2 that are nothing without another; and staging.bucket is not there. */
    public static final String PROFILE =
            """
            staging.buckt=landing
            staging.part.size=64MB
            s3.acces-key=a
            s3.pathstyle=true
            redshift.lockwait=5m
            redshift.pasword=c4n4ry
            redshift.copy.iamrole=default
            redshift.staging_schema=x
            databricks.tokn=c4n4ry
            databricks.katalog=fed
            verify.digets=both
            guards.pass=customers
            clean.keep-file=7d
            my.own=1
            s3.region=eu central 1
            redshift.url=jdbc:postgresql://host:5432/dev
            redshift.copy.iam-role=arn:aws:iam::12:role/x
            databricks.url=https://dbc-0.cloud.databricks.com
            s3.access-key=c4n4ry
            databricks.catalog={{env:NO_SUCH_CATALOG}}
            """;

    /** 4: of the environment. */
    public static final Map<String, String> ENVIRONMENT = Map.of(
            "STAGING_UPLOADS", "lots",
            "REDSHIFT_LOCK_WAIT", "300",
            "VERIFY_SHOW_ROWS", "1.5",
            "CLEAN_AFTER_RUN", "1");

    private FiftyWrong() {}
}
