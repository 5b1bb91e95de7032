package org.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A pipeline of ten rows that all carry the version of their run, by which it shows whose rows a target has. It has a ledger of its own,
 * whose locks expire soon, and its query can be held.
 *
 * @param mode the parameters of its publication
 */
record VersionedPipeline(String name, String mode, Path directory, Map<String, String> settings, Verified verified) {
    static final int ROWS = 10;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where its rows are compared. */
    enum Verified {
        /** In Redshift only, which saves time. */
        IN_REDSHIFT,
        /** By the shipped route. */
        EVERYWHERE
    }

    /** Makes its folder. */
    static VersionedPipeline make(String name, String mode, Path parent, Verified verified) throws Exception {
        Path directory = Files.createDirectories(parent.resolve(name));
        Map<String, String> settings = new HashMap<>(Map.of(
                "ledger.url",
                "jdbc:h2:file:" + directory.resolve("ledger").toAbsolutePath(),
                "ledger.lock-expiry",
                "2s",
                "retry.delay",
                "200ms",
                "retry.max-delay",
                "2s",
                "redshift.lock-wait",
                "30s",
                "staging.directory",
                Files.createDirectories(directory.resolve("parts")).toString(),
                "staging.part-size",
                "64MB"));
        return new VersionedPipeline(name, mode, directory, settings, verified);
    }

    VersionedPipeline with(String setting, String value) {
        Map<String, String> changed = new HashMap<>(settings);
        changed.put(setting, value);
        return new VersionedPipeline(name, mode, directory, changed, verified);
    }

    /** Lets the query of every run wait until the transaction of a connection to the source ends. */
    void holdQuery(Connection source) throws SQLException {
        source.setAutoCommit(false);
        SharedSandbox.query(source, "SELECT pg_advisory_xact_lock(" + name.hashCode() + ")");
    }

    /** How many queries wait. */
    int waiting() throws SQLException {
        try (Connection source = SharedSandbox.source()) {
            return SharedSandbox.query(
                            source,
                            "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%pipeline="
                                    + name + " %'")
                    .size();
        }
    }

    /** What the next runs carry. */
    void version(String version) throws IOException {
        Files.writeString(
                directory.resolve(name + ".sql"),
                "SELECT n::bigint AS id, (n % 2)::integer AS part, '" + version
                        + "'::varchar(40) AS version FROM generate_series(1, " + ROWS
                        + ") n, pg_advisory_xact_lock_shared(" + name.hashCode() + ") held");
    }

    private Path write() throws IOException {
        return write(Map.of("uri", "timer:" + name));
    }

    /**
     * Writes its files.
     *
     * @param trigger from where its route is
     * @return the settings
     */
    Path write(Map<String, Object> trigger) throws IOException {
        List<Object> steps = new ArrayList<>();
        steps.add(to(
                "kamelet:caravan-extract",
                Map.of("pipeline", name, "sql", "file:{{caravan.routes}}/" + name + ".sql")));
        steps.add(Map.of("to", "caravan-redshift:load"));
        steps.add(Map.of("to", "direct:verify"));
        Map<String, String> publish = new LinkedHashMap<>();
        for (String parameter : mode.split("&", -1)) {
            publish.put(parameter.split("=", -1)[0], parameter.split("=", -1)[1]);
        }
        if (verified == Verified.IN_REDSHIFT) {
            publish.put("verify", "none");
        }
        steps.add(to("caravan-redshift:publish", publish));
        steps.add(Map.of("to", "direct:verify"));
        Map<String, Object> from = new LinkedHashMap<>(trigger);
        from.put("steps", steps);
        Files.writeString(
                directory.resolve(name + ".camel.yaml"),
                JSON.writeValueAsString(List.of(Map.of("route", Map.of("id", name, "from", from)))));
        Path verify = directory.resolve("verify.camel.yaml");
        if (Files.notExists(verify)) {
            String route = Files.readString(Common.home().resolve("routes/verify.camel.yaml"));
            int databricks = route.indexOf("        # Through Databricks");
            Files.writeString(verify, verified == Verified.EVERYWHERE ? route : route.substring(0, databricks));
        }
        return SharedSandbox.configWith(settings);
    }

    private static Map<String, Object> to(String uri, Map<String, String> parameters) {
        return Map.of("to", Map.of("uri", uri, "parameters", parameters));
    }

    private String[] arguments(String verb, String subject) throws IOException {
        return new String[] {verb, subject, "--json", "--routes", directory.toString(), "--config", write().toString()};
    }

    /** Begins a run in a process of its own. */
    CaravanProcess start() throws IOException {
        return new CaravanProcess(directory, arguments("run", name));
    }

    /** Runs it in this process. */
    SharedSandbox.Call run() throws IOException {
        return SharedSandbox.call(arguments("run", name));
    }

    SharedSandbox.Call call(String verb, String run) throws IOException {
        return SharedSandbox.call(arguments(verb, run));
    }

    /** Deletes what its runs left behind. */
    SharedSandbox.Call clean() throws IOException {
        return SharedSandbox.call("clean", "--pipeline", name, "--config", write().toString());
    }

    /** What the ledger says of its runs, the latest first. */
    List<JsonNode> runs() throws IOException {
        SharedSandbox.Call call = SharedSandbox.call("runs", "--json", "--config", write().toString());
        List<JsonNode> runs = new ArrayList<>();
        JSON.readTree(call.out()).path("runs").forEach(runs::add);
        return runs;
    }

    JsonNode show(String run) throws IOException {
        return JSON.readTree(SharedSandbox.call("show", run, "--json", "--config", write().toString())
                .out());
    }

    JsonNode certificate(String run) throws IOException {
        return JSON.readTree(SharedSandbox.call("show", run, "--certificate", "--config", write().toString())
                .out());
    }

    /** How many rows of each version the target has. */
    Map<String, Integer> target() throws SQLException {
        Map<String, Integer> versions = new TreeMap<>();
        try (Connection redshift = SharedSandbox.redshift()) {
            if (SharedSandbox.query(
                            redshift,
                            "select 1 from information_schema.tables where table_schema = 'public' and table_name = '"
                                    + name + "'")
                    .isEmpty()) {
                return versions;
            }
            SharedSandbox.query(redshift, "select version, count(*) from public." + name + " group by version")
                    .forEach(row -> versions.put(row.get(0), Integer.valueOf(row.get(1))));
        }
        return versions;
    }

    /** Its tables in the staging schema, but for the load ledger. */
    List<String> staged() throws SQLException {
        try (Connection redshift = SharedSandbox.redshift()) {
            return SharedSandbox.query(
                            redshift,
                            "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                                    + " where n.nspname = 'caravan_staging' and c.relkind = 'r' and left(c.relname, "
                                    + (name.length() + 2) + ") = '" + name + "__' and c.relname <> '" + name
                                    + "__load_ledger'")
                    .stream()
                    .map(row -> row.get(0))
                    .toList();
        }
    }

    /** The keys of a run's objects in the bucket. */
    List<String> objects(String run) throws IOException {
        Path folder = SharedSandbox.bucket().resolve("caravan/" + name + "/" + run);
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> SharedSandbox.bucket().relativize(file).toString())
                    .filter(key -> key.contains("part-"))
                    .toList();
        }
    }
}
