package org.caravan.redshift;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.caravan.ledger.Increment;
import org.caravan.ledger.KeyRule;
import org.caravan.ledger.Planned;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;

/**
 * Load staged files into Amazon Redshift by one COPY into the run's staging table, and publish it in one transaction.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "caravan-redshift",
        title = "Caravan Redshift",
        syntax = "caravan-redshift:action",
        producerOnly = true,
        category = {Category.DATABASE, Category.CLOUD})
public class RedshiftEndpoint extends DefaultEndpoint {
    static final long LOCK_WAIT = 300_000;
    private static final int ALL_PERCENT = 100;

    @UriPath(
            description = "contract: refuse the run, before it is loaded, if the target's columns do not fit."
                    + " load: COPY the run's manifest into its staging table."
                    + " publish: make the staging table's rows those of the target, in one transaction.",
            enums = "contract,load,publish")
    private String action = "";

    @UriParam(
            description = "The Redshift data source, as the name of a bean in the registry.",
            defaultValue = "redshift")
    private String dataSource = "redshift";

    @UriParam(description = "The target table (publish). Default is the pipeline's name with _ for -.")
    private String table = "";

    @UriParam(description = "The schema of the target table (publish).", defaultValue = "public")
    private String schema = "public";

    @UriParam(description = "The schema of the staging table (load).", defaultValue = "caravan_staging")
    private String stagingSchema = "caravan_staging";

    @UriParam(description = "ARN of the IAM role with which COPY reads Amazon S3, or default (load).")
    private String iamRole = "";

    @UriParam(
            description =
                    "The Redshift user through whom Databricks reads; granted SELECT on the staging table (load).")
    private String reader = "";

    @UriParam(
            description = "How long publish waits for each lock; the error then names who holds it.",
            defaultValue = "5m",
            javaType = "java.time.Duration")
    private long lockWait = LOCK_WAIT;

    @UriParam(
            description = "How long a statement may take, as Redshift's statement_timeout; 0 is for ever.",
            defaultValue = "0",
            javaType = "java.time.Duration")
    private long statementTimeout;

    @UriParam(
            description =
                    "How much of the cluster's storage must be free once the files are loaded, in percent (load); 0 asks nothing. A"
                            + " cluster that does not tell lets the run pass.",
            defaultValue = "0")
    private int minFreePercent;

    @UriParam(
            description =
                    "What publish asks for: full refuses unless the staging table was verified in Redshift and through"
                            + " Databricks in this run, and the run is done only once Databricks was seen to read it as the last published;"
                            + " before asks for the former only; none publishes without.",
            defaultValue = "full",
            enums = "full,before,none")
    private String verify = "full";

    @UriParam
    private PublishConfiguration configuration = new PublishConfiguration();

    public RedshiftEndpoint(String uri, RedshiftComponent component) {
        super(uri, component);
    }

    @Override
    public Producer createProducer() {
        return switch (action) {
            case "contract" -> new ContractProducer(this);
            case "load" -> new LoadProducer(this);
            default -> new PublishProducer(this);
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("caravan-redshift starts no route; use it in a step (to)");
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        action = action.toLowerCase(Locale.ROOT);
        if (!List.of("contract", "load", "publish").contains(action)) {
            throw new IllegalArgumentException(
                    "caravan-redshift knows the actions contract, load and publish, not '" + action + "'");
        }
        if (lockWait <= 0 || statementTimeout < 0) {
            throw new IllegalArgumentException("The parameter lockWait of caravan-redshift must be greater than 0, and"
                    + " statementTimeout not less; they are " + lockWait + " and " + statementTimeout + " ms");
        }
        if (minFreePercent < 0 || minFreePercent >= ALL_PERCENT) {
            throw new IllegalArgumentException(
                    "The parameter minFreePercent of caravan-redshift:load must be from 0 to 99," + " not "
                            + minFreePercent);
        }
        checkOptions();
        if (action.equals("load")) {
            Runs.of(getCamelContext()).addWarehouse(new LoadLedgers(this));
        }
        if (!List.of("full", "before", "none").contains(verify)) {
            throw new IllegalArgumentException(
                    "The parameter verify of caravan-redshift:publish must be full, before or none, not '" + verify
                            + "'");
        }
    }

    /** The contract step says nothing of the mode but what schemaChange=replace needs. */
    private void checkOptions() {
        if (action.equals("contract")) {
            SchemaChange.of(configuration.getSchemaChange());
        } else {
            options();
        }
    }

    PublishOptions options() {
        return configuration.options(Duration.ofMillis(lockWait));
    }

    /** What is to hold between a run's result and its target. */
    SchemaContract contract(Run run) {
        Columns columns = run.columns()
                .orElseThrow(() -> new CaravanException(
                        org.caravan.ledger.Category.CONFIG,
                        "Pipeline '" + run.pipeline()
                                + "' looks at its target before it has queried; put caravan-query before"
                                + " caravan-redshift:contract."));
        return new SchemaContract(
                run.pipeline(), target(run), columns, SchemaChange.of(configuration.getSchemaChange()));
    }

    DataSource findDataSource() {
        DataSource found = getCamelContext().getRegistry().lookupByNameAndType(settings(), DataSource.class);
        if (found == null) {
            throw new CaravanException(
                    org.caravan.ledger.Category.CONFIG,
                    "caravan-redshift:" + action + " uses the data source '" + settings()
                            + "', which is not defined: set " + settings() + ".url, " + settings() + ".user and "
                            + settings() + ".password.");
        }
        return found;
    }

    /** The data source's name, which is also the first word of its settings. */
    String settings() {
        return dataSource.startsWith("#") ? dataSource.substring(1) : dataSource;
    }

    Warehouse warehouse() {
        return new Warehouse(findDataSource(), settings(), Duration.ofMillis(statementTimeout));
    }

    /** The load ledgers of the pipelines whose staging tables are in this endpoint's staging schema. */
    public LoadLedger loadLedger() {
        return new LoadLedger(warehouse(), stagingSchema);
    }

    /** What is to be published of a run, whose table is its staging table. */
    PublishRequest request(Run run) {
        TableName staging = run.table()
                .orElseThrow(() -> new CaravanException(
                        org.caravan.ledger.Category.CONFIG,
                        "Pipeline '" + run.pipeline()
                                + "' publishes before it loads; put caravan-redshift:load before it."));
        return new PublishRequest(
                run.pipeline(),
                run.id(),
                run.token(),
                staging,
                run.tableColumns().orElseThrow(),
                target(run),
                run.rows(Point.COPIED).orElse(0),
                digest(run),
                run.proof().sample(),
                watermark(run),
                options());
    }

    /** How far the run has read, which the mode must be fit for. */
    private Optional<String> watermark(Run run) {
        return run.parameters().increment().map(increment -> {
            checkIncrement(increment);
            return increment.mark().text();
        });
    }

    /**
     * Makes sure that an increment, published as this step does, neither repeats rows nor loses any.
     *
     * @throws CaravanException if not, unless the route wants it so
     */
    public void checkIncrement(Increment increment) {
        IncrementRule.problem(increment, options()).ifPresent(problem -> {
            throw new CaravanException(org.caravan.ledger.Category.CONFIG, problem);
        });
    }

    /** The digest of the rows that were encoded, if an engine has found it in the staging table. */
    private static Optional<String> digest(Run run) {
        Map<Point, String> digests = run.digests();
        return digests.containsKey(Point.REDSHIFT) || digests.containsKey(Point.DATABRICKS)
                ? Optional.ofNullable(digests.get(Point.FILES))
                : Optional.empty();
    }

    Loader loader() {
        return new Loader(iamRole, Optional.of(reader).filter(name -> !name.isBlank()));
    }

    /** The table that a run is published to. */
    TableName target(Run run) {
        String name = table.isBlank() ? run.pipeline().replace('-', '_') : table;
        return new TableName(schema, name.toLowerCase(Locale.ROOT));
    }

    void checkRole(String pipeline) {
        CopyCommand.problemWithRole(iamRole).ifPresent(problem -> {
            throw new CaravanException(
                    org.caravan.ledger.Category.CONFIG, "Pipeline '" + pipeline + "' cannot load: " + problem + ".");
        });
    }

    /** Finds out, without connecting, whether this step can work; throws a {@link CaravanException} if not. */
    public void check(String pipeline) {
        if (action.equals("load")) {
            checkRole(pipeline);
        }
        findDataSource();
    }

    /**
     * The statements that this step executes for a run, which needs to be as the steps before leave it; the run is then as this
     * step leaves it. Connects to nothing.
     */
    public List<Planned> plan(Run run) {
        return plan(run, List.of());
    }

    /**
     * The same of a run with guards.
     *
     * @param keyRules what a guard before has left to the load
     */
    public List<Planned> plan(Run run, List<KeyRule> keyRules) {
        if (action.equals("load")) {
            return RedshiftPlan.load(loader(), stagingSchema, run, keyRules);
        }
        if (action.equals("contract")) {
            return List.of(new Planned(TargetTable.question(contract(run).target())));
        }
        PublishRequest request =
                request(run).planned(Optional.of(PlannedScript.DIGEST).filter(digest -> needsEvidence()));
        return RedshiftPlan.publish(request, Duration.ofMillis(statementTimeout), run);
    }

    /** What each session begins with. */
    public List<String> preparation() {
        return Session.preparation(Duration.ofMillis(statementTimeout));
    }

    /**
     * Tries whether the data source's user may do what this step does: makes a table where this step makes one, and rolls it
     * back. Throws a {@link CaravanException} if not.
     */
    public void tryOut(Run run) {
        try (Session session = Session.open(warehouse(), run, RedshiftPlan.step(action))) {
            if (action.equals("load")) {
                RedshiftPlan.tryLoad(session, loader(), stagingSchema, run);
            } else {
                RedshiftPlan.tryPublish(session, target(run), run);
            }
        }
    }

    /** Whether the step asks for a verification of the staging table. */
    public boolean needsEvidence() {
        return !verify.equals("none");
    }

    /** Whether the run is done only once Databricks was seen to read it. */
    boolean needsFreshness() {
        return verify.equals("full");
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

    public String getTable() {
        return table;
    }

    public void setTable(String table) {
        this.table = table;
    }

    public String getSchema() {
        return schema;
    }

    public void setSchema(String schema) {
        this.schema = schema;
    }

    public String getStagingSchema() {
        return stagingSchema;
    }

    public void setStagingSchema(String stagingSchema) {
        this.stagingSchema = stagingSchema;
    }

    public String getIamRole() {
        return iamRole;
    }

    public void setIamRole(String iamRole) {
        this.iamRole = iamRole;
    }

    public String getReader() {
        return reader;
    }

    public void setReader(String reader) {
        this.reader = reader;
    }

    public String getVerify() {
        return verify;
    }

    public void setVerify(String verify) {
        this.verify = verify;
    }

    public long getLockWait() {
        return lockWait;
    }

    public void setLockWait(long lockWait) {
        this.lockWait = lockWait;
    }

    public long getStatementTimeout() {
        return statementTimeout;
    }

    public void setStatementTimeout(long statementTimeout) {
        this.statementTimeout = statementTimeout;
    }

    public int getMinFreePercent() {
        return minFreePercent;
    }

    public void setMinFreePercent(int minFreePercent) {
        this.minFreePercent = minFreePercent;
    }

    public PublishConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(PublishConfiguration configuration) {
        this.configuration = configuration;
    }
}
