package org.caravan.sandbox.databricks;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The statements about the session that Databricks spells otherwise than Spark: {@code USE CATALOG}, and {@code SET} of the
 * SQL configuration parameters (docs.databricks.com/aws/sql/language-manual/sql-ref-parameters). Stateless.
 */
final class SessionCommands {
    private static final Map<String, String> PARAMETERS =
            Map.of("TIMEZONE", "spark.sql.session.timeZone", "ANSI_MODE", "spark.sql.ansi.enabled");

    private final Federation federation;

    SessionCommands(Federation federation) {
        this.federation = federation;
    }

    /** Runs the statement if it is one of these. */
    Optional<Dataset<Row>> run(SparkSession session, String sql) {
        TokenReader in = new TokenReader(sql);
        if (in.takes("USE", "CATALOG") || in.takes("SET", "CATALOG")) {
            String catalog = in.identifier();
            in.end();
            useCatalog(session, catalog);
            return Optional.of(session.createDataFrame(List.<Row>of(), new StructType()));
        }
        for (Map.Entry<String, String> parameter : PARAMETERS.entrySet()) {
            if (in.takes("SET", parameter.getKey()) && in.takesSymbol("=")) {
                String value = in.rest();
                String unquoted = value.matches("(?s)'.*'|\".*\"") ? value.substring(1, value.length() - 1) : value;
                configure(session, parameter.getKey(), unquoted);
                return Optional.of(session.createDataFrame(List.<Row>of(), new StructType()));
            }
        }
        return Optional.empty();
    }

    void useCatalog(SparkSession session, String catalog) {
        if (!catalog.equalsIgnoreCase(SparkEngine.SESSION_CATALOG)) {
            federation.catalog(catalog);
        }
        session.sql("SET CATALOG " + quote(catalog.toLowerCase(Locale.ROOT)));
    }

    void useSchema(SparkSession session, String schema) {
        session.sql("USE " + quote(schema));
    }

    /** Sets a parameter of the session; parameters without a meaning here, such as caching, are left alone. */
    void configure(SparkSession session, String parameter, String value) {
        String name = parameter.toUpperCase(Locale.ROOT);
        if (name.equals("TIMEZONE")) {
            checkZone(value);
        }
        if (PARAMETERS.containsKey(name)) {
            session.conf().set(PARAMETERS.get(name), value);
        } else if (parameter.startsWith("spark.sql.") && session.conf().isModifiable(parameter)) {
            session.conf().set(parameter, value);
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
