package org.caravan.databricks;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Planned;
import org.caravan.ledger.Run;
import org.caravan.ledger.SqlFailures;
import org.caravan.schema.TableName;

/**
 * Make a run's table visible in Databricks: refresh the foreign schema, and wait until the table shows.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "caravan-databricks",
        title = "Caravan Databricks",
        syntax = "caravan-databricks:action",
        producerOnly = true,
        category = {Category.DATABASE, Category.CLOUD})
public class DatabricksEndpoint extends DefaultEndpoint {
    @UriPath(
            description =
                    "refresh: refresh the foreign schema of the run's table, and wait until the table is visible.",
            enums = "refresh")
    private String action = "";

    @UriParam(
            description = "The Databricks data source, as the name of a bean in the registry.",
            defaultValue = "databricks")
    private String dataSource = "databricks";

    @UriParam(
            description =
                    "The table that is made visible: run, the run's own as it is now; load-ledger, the pipeline's load ledger, which"
                            + " is done only once the run is published.",
            enums = "run,load-ledger",
            defaultValue = "run")
    private String table = "run";

    @UriParam(description = "The foreign catalog that shows the Redshift database.")
    private String catalog = "";

    @UriParam(
            description = "How long to wait until the table is visible, and for a warehouse that is asleep.",
            defaultValue = "5m",
            javaType = "java.time.Duration")
    private long visibleWithin = Duration.ofMinutes(5).toMillis();

    public DatabricksEndpoint(String uri, DatabricksComponent component) {
        super(uri, component);
    }

    @Override
    public Producer createProducer() {
        return new RefreshProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("caravan-databricks starts no route; use it in a step (to)");
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (!action.equals("refresh")) {
            throw new IllegalArgumentException("caravan-databricks knows the action refresh, not '" + action + "'");
        }
        if (!table.equals("run") && !table.equals("load-ledger")) {
            throw new IllegalArgumentException(
                    "The parameter table of caravan-databricks:refresh must be run or load-ledger, not '" + table
                            + "'");
        }
    }

    /** The table that is to be made visible; empty if that is to be done only once the run is published. */
    Optional<TableName> table(Run run) {
        if (table.equals("load-ledger")) {
            return run.proof().evidence().loadLedger();
        }
        return Optional.of(run.table()
                .orElseThrow(() -> new CaravanException(
                        org.caravan.ledger.Category.CONFIG,
                        "Pipeline '" + run.pipeline() + "' verifies before it loads.")));
    }

    DataSource findDataSource() {
        String name = dataSource.startsWith("#") ? dataSource.substring(1) : dataSource;
        DataSource found = getCamelContext().getRegistry().lookupByNameAndType(name, DataSource.class);
        if (found == null) {
            throw new CaravanException(
                    org.caravan.ledger.Category.CONFIG,
                    "caravan-databricks:refresh uses the data source '" + name + "', which is not defined: set " + name
                            + ".url and " + name + ".token.");
        }
        return found;
    }

    void checkCatalog(String pipeline) {
        if (catalog.isBlank()) {
            throw new CaravanException(
                    org.caravan.ledger.Category.CONFIG,
                    "Pipeline '" + pipeline
                            + "' verifies through Databricks, but databricks.catalog is not set: name the foreign catalog that"
                            + " shows the Redshift database.");
        }
    }

    /** Finds out, without connecting, whether this step can work; throws a {@link CaravanException} if not. */
    public void check(String pipeline) {
        checkCatalog(pipeline);
        findDataSource();
    }

    /** The statements that this step executes for a run that has a table. Connects to nothing. */
    public List<Planned> plan(Run run) {
        return table(run)
                .map(shown -> List.of(
                        new Planned(RefreshProducer.refresh(catalog, shown)),
                        new Planned(RefreshProducer.describe(catalog, shown))))
                .orElseGet(List::of);
    }

    /** Connects, and asks for the catalog's schemas; throws a {@link CaravanException} if that fails. */
    public void tryOut() {
        try (Connection connection = findDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHOW SCHEMAS IN " + RefreshProducer.quoted(catalog));
        } catch (SQLException e) {
            throw SqlFailures.of(
                    org.caravan.ledger.Category.VERIFY,
                    "databricks",
                    "Asking the Databricks warehouse for the schemas of the catalog " + catalog,
                    e);
        }
    }

    public String getAction() {
        return action;
    }

    public void setAction(String action) {
        this.action = action;
    }

    public String getDataSource() {
        return dataSource;
    }

    public void setDataSource(String dataSource) {
        this.dataSource = dataSource;
    }

    public String getCatalog() {
        return catalog;
    }

    public void setCatalog(String catalog) {
        this.catalog = catalog;
    }

    public String getTable() {
        return table;
    }

    public void setTable(String table) {
        this.table = table;
    }

    public long getVisibleWithin() {
        return visibleWithin;
    }

    public void setVisibleWithin(long visibleWithin) {
        this.visibleWithin = visibleWithin;
    }
}
