package org.caravan.sandbox.databricks;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.caravan.sandbox.databricks.Sessions.Session;

/**
 * The statements about the session that Databricks spells otherwise than Spark: {@code USE CATALOG}, and {@code SET} of the
 * SQL configuration parameters (docs.databricks.com/aws/sql/language-manual/sql-ref-parameters). Stateless.
 */
final class SessionCommands {
    private static final Map<String, String> PARAMETERS =
            Map.of("TIMEZONE", "spark.sql.session.timeZone", "ANSI_MODE", "spark.sql.ansi.enabled");

    /** All that a SQL warehouse lets a session set; Spark's own settings are not among them. */
    private static final Set<String> KNOWN = Set.of(
            "ANSI_MODE",
            "ENABLE_PHOTON",
            "LEGACY_TIME_PARSER_POLICY",
            "MAX_FILE_PARTITION_BYTES",
            "QUERY_TAGS",
            "READ_ONLY_EXTERNAL_METASTORE",
            "STATEMENT_TIMEOUT",
            "TIMEZONE",
            "USE_CACHED_RESULT");

    /** Words after SET that begin a statement which Spark understands as Databricks does. */
    private static final List<String> SPARKS_OWN = List.of("TIME", "VAR", "VARIABLE", "PATH");

    private final Federation federation;

    SessionCommands(Federation federation) {
        this.federation = federation;
    }

    /** Runs the statement if it is one of these. */
    Optional<Dataset<Row>> run(Session session, String sql) {
        TokenReader in = new TokenReader(sql);
        if (in.takes("USE", "CATALOG") || in.takes("SET", "CATALOG")) {
            String catalog = in.identifier();
            in.end();
            useCatalog(session, catalog);
            return done(session);
        }
        if (!in.takes("SET") || SPARKS_OWN.stream().anyMatch(in::sees)) {
            return Optional.empty();
        }
        if (in.atEnd() || in.takesSymbol("-")) {
            return Optional.empty();
        }
        String parameter = String.join(".", in.name(Integer.MAX_VALUE));
        checkAvailable(parameter);
        if (!in.takesSymbol("=")) {
            return Optional.empty();
        }
        String value = in.rest();
        configure(
                session, parameter, value.matches("(?s)'.*'|\".*\"") ? value.substring(1, value.length() - 1) : value);
        return done(session);
    }

    private static Optional<Dataset<Row>> done(Session session) {
        return Optional.of(session.spark().createDataFrame(List.<Row>of(), new StructType()));
    }

    void useCatalog(Session session, String catalog) {
        if (!catalog.equalsIgnoreCase(SparkEngine.SESSION_CATALOG)) {
            federation.catalog(catalog);
            federation.access(session.principal()).needCatalog(catalog);
        }
        session.spark().sql("SET CATALOG " + quote(catalog.toLowerCase(Locale.ROOT)));
    }

    void useSchema(Session session, String schema) {
        session.spark().sql("USE " + quote(schema));
    }

    /** Sets a parameter of the session; parameters without a meaning here, such as caching, are left alone. */
    void configure(Session session, String parameter, String value) {
        String name = parameter.toUpperCase(Locale.ROOT);
        if (name.equals("TIMEZONE")) {
            checkZone(value);
        }
        if (PARAMETERS.containsKey(name)) {
            session.spark().conf().set(PARAMETERS.get(name), value);
        }
    }

    private static void checkAvailable(String parameter) {
        if (!KNOWN.contains(parameter.toUpperCase(Locale.ROOT))) {
            throw new Refused("CONFIG_NOT_AVAILABLE", "42K0I", "Configuration " + parameter + " is not available.");
        }
    }

    private static void checkZone(String value) {
        try {
            ZoneId.of(value, ZoneId.SHORT_IDS);
        } catch (DateTimeException e) {
            throw new Refused(
                    "INVALID_CONF_VALUE.TIME_ZONE",
                    "22022",
                    "The value '" + value + "' in the config TIMEZONE is no time zone.");
        }
    }

    private static String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
