package org.caravan.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.ResourceHelper;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Resumption;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunParameters;
import org.caravan.ledger.Runs;
import org.caravan.ledger.SqlFailures;
import org.caravan.ledger.Step;
import org.caravan.schema.RowStream;
import org.caravan.source.parameter.Bindings;
import org.caravan.source.postgres.SqlText;

/** Runs the query and leaves its open stream of rows as the body; the stream is closed at its end, or with the run. */
final class QueryProducer extends DefaultProducer {
    private final QueryEndpoint endpoint;

    QueryProducer(QueryEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) {
        Run run = Runs.of(exchange.getContext()).begin(exchange, endpoint.getPipeline());
        run.begin(Step.EXTRACT);
        Query query = bindings(exchange, run);
        // A stream that was opened may have given rows; what fails from here on is not tried again.
        RowStream rows = run.recovery()
                .resumption()
                .map(Resumption::files)
                .<RowStream>map(files -> new NoRows(files.columns()))
                .orElseGet(() -> run.recovery().retries().call(Step.EXTRACT, attempt -> open(run, query)));
        run.setColumns(rows.columns());
        run.onClose(rows::close);
        exchange.getMessage().setHeader(QueryConstants.RUN_ID, run.id().value());
        exchange.getMessage().setBody(rows);
    }

    private Query bindings(Exchange exchange, Run run) {
        String sql = sql(endpoint);
        run.setQuery(sql);
        Bindings bindings =
                endpoint.queryParameters().bind(sql, headers(exchange), commanded(exchange, sql), run.started());
        bindings.values().forEach((name, value) -> run.parameters()
                .add(new RunParameters.Parameter(name, value.type().label(), value.text())));
        return new Query(sql, bindings);
    }

    /** A query and the values of its parameters. */
    private record Query(String sql, Bindings bindings) {}

    private static Map<String, Object> headers(Exchange exchange) {
        Map<String, Object> values = new TreeMap<>();
        exchange.getMessage().getHeaders().forEach((name, value) -> {
            if (name.startsWith(QueryConstants.PARAMETER) && value != null) {
                values.put(name.substring(QueryConstants.PARAMETER.length()), value);
            }
        });
        return values;
    }

    private Map<String, Object> commanded(Exchange exchange, String sql) {
        Map<String, LocalDate> days = new TreeMap<>();
        Map<?, ?> dates = exchange.getProperty(QueryConstants.DAYS, Map.of(), Map.class);
        dates.forEach((name, date) -> days.put(String.valueOf(name), (LocalDate) date));
        Map<String, Object> values = new TreeMap<>(endpoint.queryParameters().days(sql, days));
        Map<?, ?> given = exchange.getProperty(QueryConstants.GIVEN, Map.of(), Map.class);
        given.forEach((name, value) -> values.put(String.valueOf(name), value));
        return values;
    }

    private RowStream open(Run run, Query query) {
        String settings = endpoint.settings();
        Connection connection;
        try {
            connection = endpoint.findDataSource().getConnection();
        } catch (SQLException e) {
            throw SqlFailures.of(Category.SOURCE, settings, "Connecting to the data source '" + settings + "'", e);
        }
        boolean opened = false;
        try {
            SplitReading reading = endpoint.reading(query.bindings());
            String sql = query.sql();
            if (reading.needsLiterals() && Bindings.isPostgres(connection)) {
                sql = query.bindings().literals(connection, sql);
                reading = reading.bound();
            }
            String comment = run.comment(Step.EXTRACT).strip();
            Alterations alterations = new NotedAlterations(run);
            noteDriver(run, connection);
            RowStream rows = reading.partitioning().isSplit()
                    ? reading.open(connection, sql, comment, run::addRowsRead, run::setExpectedRows, alterations)
                    : reading.fetching()
                            .open(connection, sql, comment, run::addRowsRead, run::setExpectedRows, alterations);
            opened = true;
            return rows;
        } catch (SQLException e) {
            throw SqlFailures.of(
                    Category.SOURCE,
                    settings,
                    "Running the query of pipeline '" + run.pipeline() + "' (" + origin() + ")",
                    e);
        } finally {
            if (!opened) {
                closeQuietly(connection);
            }
        }
    }

    private static void noteDriver(Run run, Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        run.proof().setVersion("driver of the source", database.getDriverName() + " " + database.getDriverVersion());
    }

    private String origin() {
        return isReference(endpoint) ? endpoint.getSql() : "given in the route";
    }

    private static boolean isReference(QueryEndpoint endpoint) {
        return endpoint.getSql().startsWith("file:") || endpoint.getSql().startsWith("classpath:");
    }

    /** The query itself, without a semicolon at its end and what comments follow it. */
    static String sql(QueryEndpoint endpoint) {
        String sql = endpoint.getSql();
        if (isReference(endpoint)) {
            try (InputStream in =
                    ResourceHelper.resolveMandatoryResourceAsInputStream(endpoint.getCamelContext(), sql)) {
                sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new CaravanException(
                        Category.CONFIG,
                        "The query of pipeline '" + endpoint.getPipeline() + "' cannot be read: " + e.getMessage()
                                + ".",
                        e);
            }
        }
        return SqlText.withoutSemicolon(sql);
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException ignored) {
            // The error that led here says more.
        }
    }
}
