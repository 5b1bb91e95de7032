package org.caravan.sandbox.databricks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The kinds of foreign database that {@code CREATE CONNECTION … TYPE t} knows here: two of those that Databricks lists
 * (docs.databricks.com/aws/sql/language-manual/sql-ref-syntax-ddl-create-connection).
 */
enum ConnectionType {
    /** Plain text to the loopback stand-in; Databricks itself always speaks TLS to Redshift. */
    REDSHIFT("com.amazon.redshift.Driver", "jdbc:redshift://%s:%s/%s;ssl=false"),
    POSTGRESQL("org.postgresql.Driver", "jdbc:postgresql://%s:%s/%s");

    /** Options that may be shown. */
    static final Set<String> SHOWN = Set.of("host", "port");

    private static final Set<String> OPTIONS = new TreeSet<>(Set.of("host", "port", "user", "password"));

    private final String driver;
    private final String url;

    ConnectionType(String driver, String url) {
        this.driver = driver;
        this.url = url;
    }

    static ConnectionType named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new Refused(
                        "CONNECTION_TYPE_NOT_SUPPORTED",
                        "0A000",
                        "Cannot create connection of type '" + name + "'. Supported connection types: "
                                + Arrays.stream(values())
                                        .map(ConnectionType::toString)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    /** Refuses options that this type does not take, lacks, or that are no port. */
    void check(Map<String, String> options) {
        List<String> unknown = options.keySet().stream()
                .filter(name -> !OPTIONS.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw new Refused(
                    "CONNECTION_OPTION_NOT_SUPPORTED",
                    "42000",
                    "Connections of type '" + this + "' do not support the following option(s): "
                            + String.join(", ", unknown) + ". Supported options: " + String.join(", ", OPTIONS) + ".");
        }
        List<String> missing =
                OPTIONS.stream().filter(name -> !options.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new Refused(
                    "MISSING_CONNECTION_OPTION",
                    "42000",
                    "Connections of type '" + this + "' must include the following option(s): "
                            + String.join(", ", missing) + ".");
        }
        if (!options.get("port").matches("[0-9]{1,5}")) {
            throw new Refused(
                    "INVALID_PARAMETER_VALUE",
                    "22023",
                    "Option 'port' of a connection must be a port number, found '" + options.get("port") + "'.");
        }
    }

    /** What Spark's JDBC source needs to reach {@code database} through a connection with these options. */
    Map<String, String> jdbc(Map<String, String> options, String database) {
        return Map.of(
                "driver", driver,
                "url", url.formatted(options.get("host"), options.get("port"), database),
                // Without a fetch size the drivers hold a whole result in memory.
                "fetchsize", "10000",
                "user", options.get("user"),
                "password", options.get("password"));
    }

    /** The URL of a connection with these options, which has no secret in it. */
    String shownUrl(Map<String, String> options) {
        return "jdbc:" + this + "://" + options.get("host") + ":" + options.get("port");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
