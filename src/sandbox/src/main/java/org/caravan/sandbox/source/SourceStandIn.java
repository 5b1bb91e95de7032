package org.caravan.sandbox.source;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.caravan.sandbox.StandIn;
import org.caravan.sandbox.postgres.PostgresServer;

/** The database that pipelines query: PostgreSQL with TPC-H and a customer table of every awkward type. */
public final class SourceStandIn implements StandIn.Running {
    private static final Map<String, String> SETTINGS = Map.of(
            "max_connections", "60",
            "shared_buffers", "128MB",
            "maintenance_work_mem", "64MB",
            "max_wal_size", "2GB",
            // No replica reads this server's log, so it need hold only what a restart needs.
            "wal_level", "minimal",
            "max_wal_senders", "0");

    private final PostgresServer server;
    private final String user;
    private final Map<String, Long> tables;

    private SourceStandIn(PostgresServer server, String user, Map<String, Long> tables) {
        this.server = server;
        this.user = user;
        this.tables = tables;
    }

    /** {@code --dir D --binaries B --port P --user U --password PW --scale F}; port 0 (the default) is a free one. */
    public static void main(String... args) {
        StandIn.serve("source", args, SourceStandIn::start);
    }

    static SourceStandIn start(StandIn.Options options) throws SQLException, IOException, InterruptedException {
        Scale scale = Scale.of(options.get("scale"));
        String user = options.get("user");
        String password = options.get("password");
        PostgresServer server = PostgresServer.start(
                Path.of(options.get("binaries")),
                Path.of(options.get("dir")).resolve("data"),
                options.port("port"),
                SETTINGS);
        try {
            SourceDatabase database = new SourceDatabase(server);
            Map<String, Long> tables = database.provide(scale);
            database.grant(user, password);
            return new SourceStandIn(server, user, tables);
        } catch (SQLException | IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    String url() {
        return server.url(SourceDatabase.NAME);
    }

    /** The row count of each table. */
    Map<String, Long> tables() {
        return tables;
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("port", server.port());
        facts.put("user", user);
        facts.put("database", SourceDatabase.NAME);
        facts.put("tables", tables);
        return facts;
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
