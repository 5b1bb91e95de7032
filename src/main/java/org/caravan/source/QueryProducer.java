package org.caravan.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
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
import org.caravan.source.parameter.ParameterValue;
import org.caravan.source.parameter.QueryParameters;
import org.caravan.source.postgres.SqlText;
import org.caravan.source.watermark.IncrementReading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the query and leaves its open stream of rows as the body; the stream is closed at its end, or with the run. */
final class QueryProducer extends DefaultProducer {
    private static final Logger LOG = LoggerFactory.getLogger(QueryProducer.class);

    private final QueryEndpoint endpoint;

    QueryProducer(QueryEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) {
        Run run = Runs.of(exchange.getContext())
                .begin(exchange, endpoint.getPipeline(), () -> Optional.of(sql(endpoint)));
        run.begin(Step.EXTRACT);
        String sql = sql(endpoint);
        run.setQuery(sql);
        RowStream rows = run.recovery()
                .resumption()
                .<RowStream>map(resumption -> goOn(run, resumption))
                .orElseGet(
                        () -> new NotedEnd(read(exchange, run, sql), run.proof().evidence()));
        run.setColumns(rows.columns());
        run.onClose(rows::close);
        exchange.getMessage().setHeader(QueryConstants.RUN_ID, run.id().value());
        exchange.getMessage().setBody(rows);
    }

    /** A run that goes on from its files: the source is not asked, and what was read is what the run's first attempt noted. */
    private NoRows goOn(Run run, Resumption resumption) {
        endpoint.watermarks().flatMap(marks -> marks.increment(run.id())).ifPresent(run.parameters()::setIncrement);
        return new NoRows(resumption.files().columns());
    }

    private RowStream read(Exchange exchange, Run run, String sql) {
        Parameters parameters = new Parameters(sql, headers(exchange), commanded(exchange, sql), run);
        // What is wrong with the parameters is said before anybody is asked.
        parameters.bind(endpoint.placeholders());
        Optional<String> from = from(exchange);
        // A stream that was opened may have given rows; what fails from there on is not tried again.
        return run.recovery().retries().call(Step.EXTRACT, attempt -> open(run, parameters, from));
    }

    /** A query and what is said of the values of its parameters. */
    private final class Parameters {
        private final String sql;
        private final Map<String, Object> headers;
        private final Map<String, Object> commanded;
        private final Run run;

        Parameters(String sql, Map<String, Object> headers, Map<String, Object> commanded, Run run) {
            this.sql = sql;
            this.headers = headers;
            this.commanded = commanded;
            this.run = run;
        }

        Bindings bind(Map<String, ParameterValue> increment) {
            return endpoint.queryParameters().bind(sql, headers, commanded, run.started(), increment);
        }
    }

    /** Where the increment begins, if this run is told. */
    private Optional<String> from(Exchange exchange) {
        Optional<String> from = Optional.ofNullable(exchange.getProperty(QueryConstants.FROM, String.class));
        if (from.isPresent() && endpoint.increments().isEmpty()) {
            throw new CaravanException(
                    Category.CONFIG,
                    "Pipeline '" + endpoint.getPipeline()
                            + "' reads no increments, which --watermark-from would be for: its query has no watermark.");
        }
        return from;
    }

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
        if (!days.isEmpty() && endpoint.increments().isPresent()) {
            throw new CaravanException(
                    Category.CONFIG,
                    "Pipeline '" + endpoint.getPipeline()
                            + "' reads increments, which follow upon each other, and is not run for past days: read it again from"
                            + " some time on by run --watermark-from.");
        }
        Map<String, Object> values = new TreeMap<>(endpoint.queryParameters().days(sql, days));
        Map<?, ?> given = exchange.getProperty(QueryConstants.GIVEN, Map.of(), Map.class);
        given.forEach((name, value) -> values.put(String.valueOf(name), value));
        if (exchange.getProperty(Runs.SAME_QUERY) != null
                && endpoint.increments().isPresent()) {
            // A run that is done again left no mark: it goes on from where that stands, as each run does.
            values.remove(QueryParameters.LOW_WATER);
            values.remove(QueryParameters.HIGH_WATER);
        }
        return values;
    }

    private RowStream open(Run run, Parameters parameters, Optional<String> from) {
        String settings = endpoint.settings();
        Connection connection;
        try {
            connection = endpoint.findDataSource().getConnection();
        } catch (SQLException e) {
            throw SqlFailures.of(Category.SOURCE, settings, "Connecting to the data source '" + settings + "'", e);
        }
        boolean opened = false;
        try {
            Bindings bindings = bindings(run, connection, parameters, from);
            SplitReading reading = endpoint.reading(bindings);
            String sql = parameters.sql;
            if (reading.needsLiterals() && Bindings.isPostgres(connection)) {
                sql = bindings.literals(connection, sql);
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

    /** The values of the parameters, the bounds of an increment among them, which the source tells now. */
    private Bindings bindings(Run run, Connection connection, Parameters parameters, Optional<String> from)
            throws SQLException {
        Map<String, ParameterValue> bounds = Map.of();
        Optional<IncrementReading> increments = endpoint.increments();
        if (increments.isPresent()) {
            IncrementReading.Found found = increments
                    .get()
                    .find(
                            connection,
                            parameters.sql,
                            from,
                            parameters::bind,
                            run.comment(Step.EXTRACT).strip());
            run.parameters().setIncrement(found.increment());
            found.warnings().forEach(run.warnings()::add);
            LOG.info(
                    "{} run {}: reads {} from {} to below {}",
                    run.pipeline(),
                    run.id(),
                    found.increment().name(),
                    found.increment().low(),
                    found.increment().high());
            bounds = found.values();
        }
        Bindings bindings = parameters.bind(bounds);
        bindings.values().forEach((name, value) -> run.parameters()
                .add(new RunParameters.Parameter(name, value.type().label(), value.text())));
        return bindings;
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
