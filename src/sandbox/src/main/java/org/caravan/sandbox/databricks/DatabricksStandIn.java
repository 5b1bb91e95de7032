package org.caravan.sandbox.databricks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.caravan.sandbox.StandIn;

/**
 * Stands in for a Databricks SQL warehouse: the SQL Statement Execution API, as databricks-jdbc speaks it with
 * {@code UseThriftClient=0}, over Spark SQL, with read-only foreign catalogs to Redshift.
 *
 * <p>Run with {@code --dir D --port P --token T [--warehouse sandbox]} and {@code --add-opens=java.base/java.nio=ALL-UNNAMED},
 * which Arrow needs.
 */
public final class DatabricksStandIn implements StandIn.Running {
    private final SparkEngine engine;
    private final Statements statements;
    private final ApiServer api;
    private final String warehouse;

    private DatabricksStandIn(SparkEngine engine, Statements statements, ApiServer api, String warehouse) {
        this.engine = engine;
        this.statements = statements;
        this.api = api;
        this.warehouse = warehouse;
    }

    public static void main(String[] args) {
        StandIn.serve("databricks", args, options -> {
            QuietLogging.configure();
            return start(
                    Path.of(options.get("dir")),
                    options.port("port"),
                    options.get("token"),
                    options.find("warehouse").orElse("sandbox"));
        });
    }

    /** Starts the stand-in in this process; Spark writes below {@code directory}. The caller closes it. */
    static DatabricksStandIn start(Path directory, int port, String token, String warehouse) throws IOException {
        Secrets secrets = new Secrets();
        Federation federation = new Federation(secrets);
        SparkEngine engine = SparkEngine.start(directory, federation);
        try {
            SessionCommands sessionCommands = new SessionCommands(federation);
            Sessions sessions = new Sessions(engine, sessionCommands);
            Warehouse router = new Warehouse(
                    engine, new FederationCommands(federation), new MetadataCommands(federation), sessionCommands);
            Statements statements = new Statements(sessions, router, engine);
            ApiServer api = ApiServer.start(port, warehouse, token, sessions, statements, secrets);
            return new DatabricksStandIn(engine, statements, api, warehouse);
        } catch (IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    int port() {
        return api.port();
    }

    /** How many jobs Spark runs at this moment. */
    int activeJobs() {
        return engine.activeJobs();
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("port", api.port());
        facts.put("warehouse", warehouse);
        facts.put("httpPath", "/sql/1.0/warehouses/" + warehouse);
        return facts;
    }

    @Override
    public void close() {
        api.close();
        statements.close();
        engine.close();
    }
}
