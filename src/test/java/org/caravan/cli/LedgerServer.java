package org.caravan.cli;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.caravan.PrivatePostgres;

/** A PostgreSQL of its own for a ledger, which can be stopped and started again with its rows. */
final class LedgerServer implements Closeable {
    private final Path directory;
    private EmbeddedPostgres server;

    private LedgerServer(Path directory, EmbeddedPostgres server) {
        this.directory = directory;
        this.server = server;
    }

    static LedgerServer start(Path directory) throws IOException {
        return new LedgerServer(directory, builder(directory).start());
    }

    private static EmbeddedPostgres.Builder builder(Path directory) {
        return PrivatePostgres.in(directory).setCleanDataDirectory(false);
    }

    /** The settings that name the ledger, whose locks last so long. */
    Map<String, String> settings(String lockExpiry) {
        return Map.of(
                "ledger.url",
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                "ledger.user",
                "postgres",
                "ledger.lock-expiry",
                lockExpiry);
    }

    /** Breaks off every connection, and refuses others until it is started again. */
    void stop() throws IOException {
        server.close();
    }

    /** Starts it again where it was. */
    void startAgain() throws IOException {
        server = builder(directory).setPort(server.getPort()).start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
