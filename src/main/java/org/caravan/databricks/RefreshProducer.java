package org.caravan.databricks;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.SqlFailures;
import org.caravan.ledger.Step;
import org.caravan.schema.TableName;

/**
 * Refreshes the foreign schema of the run's table and waits until the table is visible: Databricks shows a table made since it last
 * looked only after REFRESH FOREIGN, and may take a moment.
 */
final class RefreshProducer extends DefaultProducer {
    private static final String NO_SUCH_TABLE = "42P01";
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final DatabricksEndpoint endpoint;

    RefreshProducer(DatabricksEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) {
        if (Runs.keepsTarget(exchange)) {
            return;
        }
        Run run = Runs.current(exchange, getEndpoint().getEndpointUri());
        run.begin(Step.VERIFY);
        endpoint.checkCatalog(run.pipeline());
        Optional<TableName> table = endpoint.table(run);
        if (table.isEmpty()) {
            return;
        }
        run.recovery().retries().call(Step.VERIFY, attempt -> {
            refresh(run, table.get());
            return table;
        });
    }

    private void refresh(Run run, TableName table) {
        try (Connection connection = endpoint.findDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            DatabaseMetaData database = connection.getMetaData();
            run.proof()
                    .setVersion("driver of Databricks", database.getDriverName() + " " + database.getDriverVersion());
            awaitVisible(run, statement, table);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaravanException(
                    Category.INTERRUPTED, "The run was stopped while it waited for " + table + " in Databricks.", e);
        } catch (SQLException e) {
            throw SqlFailures.of(
                    Category.VERIFY,
                    "databricks",
                    "Reading through the Databricks warehouse (catalog " + endpoint.getCatalog() + ")",
                    e);
        }
    }

    private void awaitVisible(Run run, Statement statement, TableName table) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(endpoint.getVisibleWithin());
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            statement.execute(refresh(endpoint.getCatalog(), table));
            try {
                statement.execute(run.comment(Step.VERIFY) + describe(endpoint.getCatalog(), table));
                return;
            } catch (SQLException e) {
                if (!NO_SUCH_TABLE.equals(e.getSQLState()) || System.nanoTime() > deadline) {
                    throw e;
                }
            }
            if (run.recovery().stop().await(Duration.ofMillis(pause))) {
                throw new InterruptedException("The run was told to stop");
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    static String refresh(String catalog, TableName table) {
        return "REFRESH FOREIGN SCHEMA " + quoted(catalog) + "." + quoted(table.schema());
    }

    static String describe(String catalog, TableName table) {
        return "DESCRIBE TABLE " + quoted(catalog) + "." + quoted(table.schema()) + "." + quoted(table.table());
    }

    static String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }
}
