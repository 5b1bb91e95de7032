package org.caravan.sandbox.redshift;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.caravan.sandbox.StandIn;
import org.caravan.sandbox.control.Faults;
import org.caravan.sandbox.postgres.PostgresServer;
import org.caravan.sandbox.redshift.copy.CopyRun;
import org.caravan.sandbox.redshift.copy.IamRoles;
import org.caravan.sandbox.redshift.copy.LoadHistory;
import org.caravan.sandbox.redshift.copy.S3Objects;
import org.caravan.sandbox.redshift.syntax.LongNames;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.transaction.ConflictLog;
import org.caravan.sandbox.redshift.transaction.Serialization;
import org.caravan.sandbox.redshift.wire.Tls;

/**
 * Stands in for an Amazon Redshift cluster: Redshift's dialect, COPY and system tables over the PostgreSQL protocol, in front of
 * an embedded PostgreSQL. Listens on the loopback address only.
 */
public final class RedshiftStandIn implements StandIn.Running {
    /** How to reach the cluster, who may, and what it may read. */
    public record Options(
            Path directory,
            Path binaries,
            int port,
            String database,
            String user,
            String password,
            String s3Endpoint,
            String s3Region,
            String s3AccessKey,
            String s3SecretKey,
            List<String> iamRoles,
            Flavour flavour) {
        /** A provisioned cluster. */
        public Options(
                Path directory,
                Path binaries,
                int port,
                String database,
                String user,
                String password,
                String s3Endpoint,
                String s3Region,
                String s3AccessKey,
                String s3SecretKey,
                List<String> iamRoles) {
            this(
                    directory,
                    binaries,
                    port,
                    database,
                    user,
                    password,
                    s3Endpoint,
                    s3Region,
                    s3AccessKey,
                    s3SecretKey,
                    iamRoles,
                    Flavour.PROVISIONED);
        }

        /** Reads the options of the command line. */
        static Options of(StandIn.Options options) {
            return new Options(
                    Path.of(options.get("dir")).toAbsolutePath(),
                    Path.of(options.get("binaries")).toAbsolutePath(),
                    options.port("port"),
                    options.get("database"),
                    options.get("user"),
                    options.get("password"),
                    options.get("s3-endpoint"),
                    options.get("s3-region"),
                    options.get("s3-access-key"),
                    options.get("s3-secret-key"),
                    IamRoles.split(options.get("iam-roles")),
                    Flavour.of(options.find("flavour").orElse("provisioned")));
        }
    }

    /**
     * No GUC below changes a result but standard_conforming_strings (see {@link SqlTokenizer}); the others make loads cheap.
     */
    private static final Map<String, String> POSTGRES_SETTINGS = Map.of(
            "standard_conforming_strings", "off",
            "escape_string_warning", "off",
            "wal_level", "minimal",
            "max_wal_senders", "0",
            "max_wal_size", "4GB",
            "max_connections", "200",
            "jit", "off");

    private final Options options;
    private final PostgresServer postgres;
    private final S3Objects s3;
    private final Tls tls;
    private final Connections connections;
    private final Serialization serialization;

    private RedshiftStandIn(
            Options options,
            PostgresServer postgres,
            S3Objects s3,
            Tls tls,
            Connections connections,
            Serialization serialization) {
        this.options = options;
        this.postgres = postgres;
        this.s3 = s3;
        this.tls = tls;
        this.connections = connections;
        this.serialization = serialization;
    }

    public static void main(String[] args) {
        StandIn.serve("redshift", args, options -> start(Options.of(options)));
    }

    /** The settings of the PostgreSQL behind the cluster. */
    static Map<String, String> postgresSettings() {
        return POSTGRES_SETTINGS;
    }

    /** Starts the cluster; the caller closes it. */
    public static RedshiftStandIn start(Options options) throws Exception {
        Files.createDirectories(options.directory());
        Path temporary = emptied(options.directory().resolve("tmp"));
        CompletableFuture<Tls> keys =
                CompletableFuture.supplyAsync(() -> keys(options.directory().resolve("tls")));
        Path data = options.directory().resolve("data");
        PostgresServer postgres = PostgresServer.start(options.binaries(), data, POSTGRES_SETTINGS);
        try {
            LoadHistory history = new LoadHistory(data.resolve("caravan"));
            Bootstrap.run(
                    postgres,
                    data.resolve("caravan").resolve("bootstrap"),
                    options.database(),
                    options.user(),
                    options.password(),
                    options.flavour().isolation());
            S3Objects s3 = new S3Objects(new S3Objects.Settings(
                    options.s3Endpoint(), options.s3Region(), options.s3AccessKey(), options.s3SecretKey()));
            CopyRun.Cluster cluster =
                    new CopyRun.Cluster(s3, IamRoles.of(options.iamRoles()), history, temporary, options.s3Region());
            Serialization serialization = new Serialization();
            Tls tls = keys.get();
            Connections connections = new Connections(
                    options.port(),
                    postgres.port(),
                    tls,
                    cluster,
                    RedshiftFaults.none(),
                    options.flavour(),
                    options.user(),
                    serialization,
                    new ConflictLog(data.resolve("caravan")),
                    new LongNames(data.resolve("caravan").resolve("names")));
            connections.start();
            return new RedshiftStandIn(options, postgres, s3, tls, connections, serialization);
        } catch (IOException | SQLException | ExecutionException | RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    private static Tls keys(Path directory) {
        try {
            return Tls.in(directory);
        } catch (Exception e) {
            throw new IllegalStateException("cannot make the TLS key pair in " + directory, e);
        }
    }

    private static Path emptied(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> left = Files.list(directory)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        return directory;
    }

    /** How many transactions are remembered because others may conflict with them. */
    int rememberedTransactions() {
        return serialization.size();
    }

    public int port() {
        return connections.port();
    }

    /** The certificate that a client should trust. */
    public Path caFile() {
        return tls.caFile();
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("port", port());
        facts.put("user", options.user());
        facts.put("database", options.database());
        facts.put("caFile", caFile().toString());
        return facts;
    }

    @Override
    public Faults faults() {
        return connections.faults();
    }

    @Override
    public void kill() {
        postgres.kill();
    }

    @Override
    public void close() throws IOException {
        connections.close();
        s3.close();
        postgres.close();
    }
}
