package org.caravan.ledger.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;

/** Writes rows into an embedded file by several threads, each transaction by two connections of its own, as long as it takes. */
final class FileUser {
    private static final int THREADS = 3;
    private static final int TRANSACTIONS = 40;
    private static final long LONGEST_PAUSE_NANOS = 3_000_000;
    static final int ROWS = THREADS * TRANSACTIONS;

    private FileUser() {}

    /** Takes the file's URL; says "here" before it begins, and "done" at the end. */
    public static void main(String[] arguments) throws Exception {
        System.out.println("here");
        write(arguments[0]);
        System.out.println("done");
    }

    static void write(String url) throws Exception {
        DataSource database = EmbeddedFile.at(url, "sa", "");
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(threads.submit(() -> {
                    for (int row = 0; row < TRANSACTIONS; row++) {
                        insert(database);
                        // The file closes only if nobody has it open for a moment.
                        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS));
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void insert(DataSource database) throws SQLException {
        try (Connection held = open(database);
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO written VALUES (1)");
            if (!held.isValid(0)) {
                throw new SQLException("The connection that was held is gone");
            }
        }
    }

    /** Another process has the file now and then; who has it open has it. */
    private static Connection open(DataSource database) throws SQLException {
        while (true) {
            try {
                return database.getConnection();
            } catch (SQLException e) {
                if (e.getErrorCode() != ErrorCode.DATABASE_ALREADY_OPEN_1) {
                    throw e;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS));
            }
        }
    }
}
