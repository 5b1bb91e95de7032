package org.caravan.source;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a driver is told not to hold a whole result in memory; immutable. The sources of each rule are in docs/reading.md.
 *
 * @param driver whose rule it is
 * @param fetchSize what the statement is told
 * @param how what the driver makes of it
 * @param advice what to change in the data source's URL, because the driver as it is set up holds whole results, or may
 */
record FetchRule(String driver, int fetchSize, String how, Optional<String> advice) {
    /** The last driver of Oracle's that allocates a row's greatest width for each row of the fetch size. */
    private static final int ORACLE_WIDE = 11;

    private static final int ORACLE_WIDE_ROWS = 100;

    private static final String WHOLE = "the driver holds the whole result in memory: ";

    /** The rule for the driver of a connection, and how many rows at a time are wanted. */
    static FetchRule of(DatabaseMetaData database, int wanted) throws SQLException {
        return of(
                String.valueOf(database.getDriverName()),
                database.getDriverMajorVersion(),
                String.valueOf(database.getURL()),
                wanted);
    }

    /** The rule for a driver's name and major version, and the connection's URL. */
    static FetchRule of(String driverName, int version, String url, int wanted) {
        String name = driverName.toLowerCase(Locale.ROOT);
        UrlOptions options = new UrlOptions(url);
        if (name.contains("redshift")) {
            return redshift(options, wanted);
        }
        if (name.contains("postgresql jdbc")) {
            Optional<String> advice = options.is("preferQueryMode", "simple")
                    ? Optional.of(WHOLE + "leave preferQueryMode=simple out of the URL")
                    : Optional.empty();
            return new FetchRule("PostgreSQL", wanted, "a cursor, " + wanted + " rows at a time", advice);
        }
        if (name.contains("mariadb")) {
            return new FetchRule("MariaDB", wanted, "a stream, " + wanted + " rows at a time", Optional.empty());
        }
        if (name.contains("mysql")) {
            return options.is("useCursorFetch", "true")
                    ? new FetchRule(
                            "MySQL",
                            wanted,
                            "a cursor (useCursorFetch), whose result the server stores first, " + wanted
                                    + " rows at a time",
                            Optional.empty())
                    : new FetchRule("MySQL", Integer.MIN_VALUE, "a stream, row by row", Optional.empty());
        }
        if (name.contains("oracle")) {
            return oracle(version, wanted);
        }
        if (name.contains("sql server")) {
            return sqlServer(options, wanted);
        }
        return fromServices(name, options, wanted);
    }

    private static FetchRule redshift(UrlOptions options, int wanted) {
        return options.is("enableFetchRingBuffer", "false")
                ? new FetchRule("Redshift", wanted, "a cursor, " + wanted + " rows at a time", Optional.empty())
                : new FetchRule(
                        "Redshift",
                        wanted,
                        "a ring buffer (fetchRingBufferSize, 1 GB unless it is set)",
                        options.has("fetchRingBufferSize")
                                ? Optional.empty()
                                : Optional.of(
                                        "the driver buffers up to 1 GB ahead: add fetchRingBufferSize=64M to the URL"));
    }

    private static FetchRule oracle(int version, int wanted) {
        boolean wide = version > 0 && version <= ORACLE_WIDE;
        int rows = wide ? Math.min(wanted, ORACLE_WIDE_ROWS) : wanted;
        return new FetchRule(
                "Oracle",
                rows,
                "the cursor, " + rows + " rows at a time (10 if nothing is said)",
                wide
                        ? Optional.of("the driver is version " + version
                                + " and takes, for each row of the fetch size, the room of"
                                + " its widest possible: at most " + ORACLE_WIDE_ROWS
                                + " rows are asked for; use a newer driver")
                        : Optional.empty());
    }

    private static FetchRule sqlServer(UrlOptions options, int wanted) {
        if (options.is("selectMethod", "cursor")) {
            return new FetchRule(
                    "SQL Server", wanted, "a server cursor, " + wanted + " rows at a time", Optional.empty());
        }
        return new FetchRule(
                "SQL Server",
                wanted,
                "adaptive buffering, as the rows come; the fetch size is not used",
                options.is("responseBuffering", "full")
                        ? Optional.of(WHOLE + "leave responseBuffering=full out of the URL")
                        : Optional.empty());
    }

    private static FetchRule fromServices(String name, UrlOptions options, int wanted) {
        if (name.contains("snowflake")) {
            return new FetchRule(
                    "Snowflake",
                    wanted,
                    "chunks that the server cuts, CLIENT_PREFETCH_THREADS ahead and within CLIENT_MEMORY_LIMIT; the fetch size"
                            + " is not used",
                    Optional.empty());
        }
        if (name.contains("databricks") || name.contains("sparkjdbc")) {
            return new FetchRule(
                    "Databricks",
                    wanted,
                    "chunks that the warehouse cuts, through cloud storage (Cloud Fetch) where they are large; the fetch size is"
                            + " not used",
                    Optional.empty());
        }
        if (name.contains("duckdb")) {
            return new FetchRule(
                    "DuckDB",
                    wanted,
                    "as the rows come, with jdbc_stream_results=true",
                    options.is("jdbc_stream_results", "true")
                            ? Optional.empty()
                            : Optional.of(WHOLE + "add jdbc_stream_results=true to the URL"));
        }
        return new FetchRule(
                "another",
                wanted,
                wanted + " rows at a time, if the driver heeds the fetch size",
                Optional.of("the driver is not known: see in its manual whether it holds a whole result in memory"));
    }

    /** The options in a URL, by their names in any case. */
    private static final class UrlOptions {
        private final List<String> options;

        UrlOptions(String url) {
            UnaryOperator<String> lower = text -> text.toLowerCase(Locale.ROOT).strip();
            this.options = List.of(url.split("[?&;]")).stream().map(lower).toList();
        }

        boolean is(String option, String value) {
            return options.contains((option + "=" + value).toLowerCase(Locale.ROOT));
        }

        boolean has(String option) {
            return options.stream().anyMatch(text -> text.startsWith(option.toLowerCase(Locale.ROOT) + "="));
        }
    }
}
