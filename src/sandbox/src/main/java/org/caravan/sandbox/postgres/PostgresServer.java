package org.caravan.sandbox.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server on a free loopback port, in a data directory of its own, that needs a password and that ends with
 * this process, also when this process is killed.
 *
 * <p>The locale is C: text sorts by its UTF-8 bytes, as in Redshift. Not thread-safe; the owner closes it.
 */
public final class PostgresServer implements AutoCloseable {
    /** The administrator's role. */
    public static final String ADMIN = "postgres";

    private static final Duration LEFTOVER_WAIT = Duration.ofSeconds(15);
    private static final Duration LEFTOVER_POLL = Duration.ofMillis(50);

    private final EmbeddedPostgres postgres;
    private final long postmaster;
    private final Process guardian;
    private final String adminPassword;

    private PostgresServer(EmbeddedPostgres postgres, long postmaster, Process guardian, String adminPassword) {
        this.postgres = postgres;
        this.postmaster = postmaster;
        this.guardian = guardian;
        this.adminPassword = adminPassword;
    }

    /**
     * Starts a server whose binaries are unpacked below {@code binaries} (shared between servers) and whose data lie in
     * {@code data} (kept from an earlier start if present, and kept when the server stops).
     *
     * @param settings further server settings ({@code postgresql.conf} names)
     */
    public static PostgresServer start(Path binaries, Path data, Map<String, String> settings)
            throws IOException, SQLException {
        return start(binaries, data, 0, settings);
    }

    /** As {@link #start(Path, Path, Map)}, on a given port; 0 is a free one. */
    public static PostgresServer start(Path binaries, Path data, int port, Map<String, String> settings)
            throws IOException, SQLException {
        Files.createDirectories(binaries);
        awaitEnd(data.resolve("postmaster.pid"));
        Files.createDirectories(data.toAbsolutePath().getParent());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(binaries.toAbsolutePath().toFile())
                .setDataDirectory(data.toAbsolutePath())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("encoding", "UTF8")
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                // A sandbox may lose its data with the machine, so it need not wait for the disk. With its processes it
                // loses nothing that was committed: the library's default would.
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("timezone", "UTC")
                .setServerConfig("log_timezone", "UTC");
        settings.forEach(builder::setServerConfig);
        if (port > 0) {
            builder.setPort(port);
        }
        boolean fresh = !Files.exists(data.resolve("PG_VERSION"));
        Path hba = data.resolve("pg_hba.conf");
        if (!fresh) {
            // The library's own readiness check logs in without a password.
            Files.writeString(hba, "host all all 127.0.0.1/32 trust\n");
        }
        EmbeddedPostgres postgres = builder.start();
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        Process guardian = guard(postmaster);
        String password = HexFormat.of().formatHex(new SecureRandom().generateSeed(16));
        try (Connection connection = DriverManager.getConnection(url(postgres.getPort(), "postgres"), ADMIN, "");
                Statement statement = connection.createStatement()) {
            statement.execute("alter role " + ADMIN + " password '" + password + "'");
            Files.writeString(hba, "host all all 127.0.0.1/32 scram-sha-256\n", StandardCharsets.UTF_8);
            statement.execute("select pg_reload_conf()");
        }
        return new PostgresServer(postgres, postmaster, guardian, password);
    }

    /** Waits until the server that an earlier, killed owner left behind has ended; its guardian is about to end it. */
    private static void awaitEnd(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        String pid = Files.readAllLines(pidFile).get(0).strip();
        Instant deadline = Instant.now().plus(LEFTOVER_WAIT);
        while (Files.exists(pidFile) && isServer(pid)) {
            if (Instant.now().isAfter(deadline)) {
                throw new IOException(
                        "the data directory " + pidFile.getParent() + " is still in use by PostgreSQL process " + pid
                                + " after " + LEFTOVER_WAIT.toSeconds() + " seconds; stop that process");
            }
            LockSupport.parkNanos(LEFTOVER_POLL.toNanos());
        }
        // A killed server leaves its file, and PostgreSQL takes a dead process that nobody has waited for yet for a
        // living one.
        Files.deleteIfExists(pidFile);
    }

    private static boolean isServer(String pid) {
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("postgres"))
                .isPresent();
    }

    /**
     * Starts a shell in a session of its own that outlives this process by a moment: it holds the other end of a pipe, and when
     * that closes it tells the postmaster to stop at once (SIGINT is PostgreSQL's fast shutdown).
     */
    private static Process guard(long postmaster) throws IOException {
        String script = "cat >/dev/null; kill -INT " + postmaster + " 2>/dev/null";
        boolean setsid = Files.isExecutable(Path.of("/usr/bin/setsid"));
        ProcessBuilder builder = setsid
                ? new ProcessBuilder("/usr/bin/setsid", "sh", "-c", script)
                : new ProcessBuilder("sh", "-c", script);
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public int port() {
        return postgres.getPort();
    }

    public String adminPassword() {
        return adminPassword;
    }

    public String url(String database) {
        return url(port(), database);
    }

    /** A new connection as the administrator; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), ADMIN, adminPassword);
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Ends the server as {@code kill -9} of all its processes would; the next start on these data recovers them. */
    public void kill() {
        ProcessHandle.of(postmaster).ifPresent(server -> {
            List<ProcessHandle> all =
                    Stream.concat(Stream.of(server), server.descendants()).toList();
            all.forEach(ProcessHandle::destroyForcibly);
        });
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        guardian.destroy();
    }
}
