package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.caravan.sandbox.StandIn;
import org.caravan.sandbox.control.FaultDesk;

/**
 * Stands in for a Databricks SQL warehouse: the SQL Statement Execution API, as databricks-jdbc speaks it with
 * {@code UseThriftClient=0}, over Spark SQL, with read-only foreign catalogs to Redshift.
 *
 * <p>Run with {@code --dir D --port P --token T [--warehouse sandbox] [--principals name:token:secret,…]} and
 * {@code --add-opens=java.base/java.nio=ALL-UNNAMED}, which Arrow needs. The first token is the administrator's; the principals
 * may do nothing until something is granted to them.
 */
public final class DatabricksStandIn implements StandIn.Running {
    /** The administrator's name. */
    static final String ADMIN = "admin";

    private final SparkEngine engine;
    private final Statements statements;
    private final ApiServer api;
    private final Identities identities;
    private final Faults faults;
    private final String warehouse;

    private DatabricksStandIn(
            SparkEngine engine,
            Statements statements,
            ApiServer api,
            Identities identities,
            Faults faults,
            String warehouse) {
        this.engine = engine;
        this.statements = statements;
        this.api = api;
        this.identities = identities;
        this.faults = faults;
        this.warehouse = warehouse;
    }

    public static void main(String[] args) {
        StandIn.serve("databricks", args, options -> {
            QuietLogging.configure();
            DatabricksStandIn started = start(
                    Path.of(options.get("dir")),
                    options.port("port"),
                    options.get("token"),
                    options.find("warehouse").orElse("sandbox"));
            options.find("principals")
                    .ifPresent(all -> List.of(all.split(",")).forEach(one -> started.add(one.split(":"))));
            return started;
        });
    }

    private void add(String[] principal) {
        if (principal.length != 3) {
            throw new IllegalArgumentException("expected --principals name:token:secret,…");
        }
        add(principal[0], principal[1], principal[2]);
    }

    /** Starts the stand-in in this process; Spark writes below {@code directory}. The caller closes it. */
    static DatabricksStandIn start(Path directory, int port, String token, String warehouse) throws IOException {
        Clock clock = Clock.systemUTC();
        Identities identities = new Identities(clock);
        identities.add(ADMIN, Principal.Role.ADMIN, token);
        Secrets secrets = new Secrets();
        Federation federation = new Federation(secrets, identities, clock);
        SparkEngine engine = SparkEngine.start(directory, federation);
        try {
            SessionCommands sessionCommands = new SessionCommands(federation);
            Sessions sessions = new Sessions(engine, sessionCommands);
            Warehouse router = new Warehouse(
                    engine,
                    new FederationCommands(federation),
                    new MetadataCommands(federation),
                    sessionCommands,
                    new RemoteQueries(federation));
            Power power = new Power();
            ResultLinks links = new ResultLinks(clock);
            Statements statements = new Statements(sessions, router, engine, power);
            Faults faults = new Faults(Map.of(
                    "drop_sessions", value -> onTrue(value, sessions::closeAll),
                    "expire_tokens", value -> onTrue(value, identities::expireOAuth),
                    "token_seconds", value -> identities.lifetime(seconds(value)),
                    "link_seconds", value -> links.lifetime(seconds(value)),
                    "asleep_seconds", value -> power.stop(seconds(value)),
                    "missing_columns", value -> federation.hideColumns(value.asBoolean())));
            ApiServer api = ApiServer.start(
                    port,
                    new ApiRoutes(
                            identities,
                            new WarehouseApi(warehouse, power, sessions),
                            statements,
                            links,
                            secrets,
                            faults));
            links.port(api.port());
            return new DatabricksStandIn(engine, statements, api, identities, faults, warehouse);
        } catch (IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private static void onTrue(JsonNode value, Runnable action) {
        if (value.asBoolean()) {
            action.run();
        }
    }

    private static Duration seconds(JsonNode value) {
        return Duration.ofSeconds(value.asLong());
    }

    /** Adds a principal without privileges, who logs in by a token, or by its name and a secret. */
    void add(String name, String token, String secret) {
        identities.add(name, Principal.Role.USER, token);
        identities.secret(name, secret);
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
    public FaultDesk faults() {
        return new ControlDesk(faults);
    }

    @Override
    public void close() {
        api.close();
        statements.close();
        engine.close();
    }
}
