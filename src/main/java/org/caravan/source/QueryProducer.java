package org.caravan.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.ResourceHelper;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.SqlFailures;
import org.caravan.ledger.Step;
import org.caravan.schema.RowStream;
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
        RowStream rows = open(run);
        run.setColumns(rows.columns());
        run.onClose(rows::close);
        exchange.getMessage().setHeader(QueryConstants.RUN_ID, run.id().value());
        exchange.getMessage().setBody(rows);
    }

    private RowStream open(Run run) {
        String sql = sql(endpoint);
        run.setQuery(sql);
        String settings = endpoint.settings();
        Connection connection;
        try {
            connection = endpoint.findDataSource().getConnection();
        } catch (SQLException e) {
            throw SqlFailures.of(Category.SOURCE, settings, "Connecting to the data source '" + settings + "'", e);
        }
        boolean opened = false;
        try {
            SplitReading reading = endpoint.reading();
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
