package org.caravan.sandbox.databricks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TimeZone;
import java.util.UUID;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.jdbc.JdbcDialect;
import org.apache.spark.sql.jdbc.JdbcDialects;
import org.apache.spark.sql.jdbc.PostgresDialect;
import org.apache.spark.util.Utils;
import org.caravan.sandbox.databricks.Sessions.Session;

/**
 * The one Spark of this process: local, two tasks at a time, nothing open to the network, everything it writes below one
 * directory. Thread-safe; the owner closes it.
 */
final class SparkEngine implements AutoCloseable {
    /** Spark's name for the catalog that sessions start in. */
    static final String SESSION_CATALOG = "spark_catalog";

    private static final String WARM_UP = "SELECT count(*), CAST(sum(id) AS STRING) FROM range(10) WHERE id > 3";

    private final SparkSession root;
    private final Federation federation;
    private final String workspace = UUID.randomUUID().toString();
    private final JdbcDialect dialect = new RedshiftDialect();

    private SparkEngine(SparkSession root, Federation federation) {
        this.root = root;
        this.federation = federation;
        ForeignCatalog.register(workspace, federation);
        // Two dialects for one URL would be joined to one that pushes nothing down.
        JdbcDialects.unregisterDialect(new PostgresDialect());
        JdbcDialects.registerDialect(dialect);
    }

    /** Starts Spark and runs a query, so that the first client does not wait for class loading. */
    static SparkEngine start(Path directory, Federation federation) throws IOException {
        Path base = Files.createDirectories(directory).toAbsolutePath();
        // Spark reads java.sql timestamps of a foreign database in the time zone of the JVM; a Databricks cluster runs
        // in UTC.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        System.setProperty("user.timezone", "UTC");
        loadParser();
        // Without it Spark looks for an address of this host that others can reach, and warns.
        Utils.setCustomHostname("127.0.0.1");
        SparkSession root = (SparkSession) org.apache.spark.sql.SparkSession.builder()
                .appName("caravan-sandbox")
                .master("local[2]")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.maxResultSize", "200m")
                .config("spark.local.dir", base.resolve("local").toString())
                .config("spark.ui.enabled", "false")
                .config("spark.sql.artifact.isolation.enabled", "false")
                .config("spark.sql.catalogImplementation", "in-memory")
                .config("spark.sql.datetime.java8API.enabled", "true")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.shuffle.partitions", "2")
                .config(
                        "spark.sql.warehouse.dir",
                        base.resolve("warehouse").toUri().toString())
                .getOrCreate();
        SparkEngine engine = new SparkEngine(root, federation);
        engine.root.sql(WARM_UP).collectAsList();
        return engine;
    }

    /** Spark starts in one thread and mostly loads classes; the parser's can be loaded beside it, in the other processor. */
    private static void loadParser() {
        Thread thread = new Thread(() -> new CatalystSqlParser().parsePlan(WARM_UP), "load-parser");
        thread.setDaemon(true);
        thread.start();
    }

    /** A session with its own settings, temporary views and current schema. */
    SparkSession newSession() {
        return root.newSession();
    }

    /** Makes this session the thread's own and gives it the foreign catalogs that there are by now. */
    void enter(Session session) {
        org.apache.spark.sql.SparkSession.setActiveSession(session.spark());
        for (String catalog : federation.catalogNames()) {
            ForeignCatalog.settings(workspace, catalog, session.principal())
                    .forEach(session.spark().conf()::set);
        }
    }

    void startJobs(String statement) {
        root.sparkContext().setJobGroup(statement, statement, true);
    }

    void endJobs() {
        root.sparkContext().clearJobGroup();
    }

    /** Stops the jobs of a statement, also those that it is about to start. */
    void cancelJobs(String statement) {
        root.sparkContext().cancelJobGroupAndFutureJobs(statement);
    }

    int activeJobs() {
        return root.sparkContext().statusTracker().getActiveJobIds().length;
    }

    @Override
    public void close() {
        ForeignCatalog.forget(workspace);
        JdbcDialects.unregisterDialect(dialect);
        JdbcDialects.registerDialect(new PostgresDialect());
        root.stop();
    }
}
