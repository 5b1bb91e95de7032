package org.caravan.sandbox.source;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.caravan.sandbox.postgres.PostgresServer;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Loads tables by {@code COPY}, two at a time; then adds their keys and statistics. */
final class SourceLoader {
    private static final int WORKERS = 2;
    private static final int COPY_BUFFER_BYTES = 1 << 16;

    private final PostgresServer server;
    private final String database;

    SourceLoader(PostgresServer server, String database) {
        this.server = server;
        this.database = database;
    }

    /** Creates and fills the tables; answers their row counts. */
    Map<String, Long> load(List<SourceTable> tables) throws SQLException, IOException, InterruptedException {
        for (SourceTable table : tables) {
            execute(table.ddl());
        }
        List<Callable<Map.Entry<String, Long>>> copies = new ArrayList<>();
        for (SourceTable table : tables) {
            for (int part = 1; part <= table.parts(); part++) {
                int thisPart = part;
                copies.add(() -> Map.entry(table.name(), copy(table, thisPart)));
            }
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        long start = System.nanoTime();
        inParallel(copies).forEach(copy -> counts.merge(copy.getKey(), copy.getValue(), Long::sum));
        long copied = System.nanoTime();
        inParallel(tables.stream().map(this::finish).toList());
        System.err.printf(
                "source: %,d rows copied in %d ms, keys and statistics in %d ms%n",
                counts.values().stream().mapToLong(Long::longValue).sum(),
                Duration.ofNanos(copied - start).toMillis(),
                Duration.ofNanos(System.nanoTime() - copied).toMillis());
        return counts;
    }

    private long copy(SourceTable table, int part) throws SQLException, IOException {
        try (Connection connection = server.connect(database)) {
            PGCopyOutputStream out = new PGCopyOutputStream(
                    connection.unwrap(PGConnection.class), "copy " + table.name() + " from stdin", COPY_BUFFER_BYTES);
            CopyText rows = new CopyText(out);
            table.rows().write(rows, part, table.parts());
            rows.flush();
            return out.endCopy();
        }
    }

    private Callable<Integer> finish(SourceTable table) {
        return () -> execute(
                "alter table " + table.name() + " add primary key (" + table.key() + ")",
                "vacuum (analyze) " + table.name());
    }

    private int execute(String... statements) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return statements.length;
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks)
            throws SQLException, IOException, InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : workers.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException sql) {
                throw sql;
            }
            throw new IOException("loading the source failed: " + e.getCause().getMessage(), e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }
}
