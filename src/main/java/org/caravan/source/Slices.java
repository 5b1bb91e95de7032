package org.caravan.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.SqlFailures;
import org.caravan.source.postgres.Snapshot;
import org.caravan.source.stream.BatchReader;

/**
 * Opens the slices of a query, all or none; immutable.
 *
 * @param obstacle why COPY cannot serve, if so
 * @param snapshot the state that all read, if there is one
 */
record Slices(SplitReading reading, Optional<String> obstacle, Optional<Snapshot> snapshot, Alterations alterations) {
    /**
     * Opens one reader for each statement, the first over a connection whose transaction has the state. Its connection is the
     * caller's if this fails; all others are closed.
     */
    List<BatchReader> open(Connection first, List<String> statements) throws SQLException {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        boolean done = false;
        try {
            List<BatchReader> readers = new ArrayList<>();
            for (int i = 1; i < statements.size(); i++) {
                readers.add(other(i + 1, statements, opened));
            }
            BatchReader reader = reading.fetching().slice(first, statements.get(0), obstacle, alterations);
            opened.push(reader);
            readers.add(0, reader);
            List<BatchReader> checked = SplitReading.checked(readers);
            done = true;
            return checked;
        } finally {
            if (!done) {
                opened.forEach(Slices::closeQuietly);
            }
        }
    }

    private BatchReader other(int number, List<String> statements, Deque<AutoCloseable> opened) {
        Connection connection = reading.connect(number, statements.size());
        opened.push(connection);
        try {
            Fetching.begin(connection);
            snapshot.ifPresent(state -> state.join(connection));
            BatchReader reader =
                    reading.fetching().slice(connection, statements.get(number - 1), obstacle, alterations);
            // Closes the connection.
            opened.pop();
            opened.push(reader);
            return reader;
        } catch (SQLException e) {
            CaravanException failure = SqlFailures.of(
                    Category.SOURCE,
                    reading.fetching().settings(),
                    "Reading partition " + number + " of " + statements.size() + " of the query",
                    e);
            throw new CaravanException(failure.category(), failure.getMessage() + Snapshot.advice(e), e);
        }
    }

    private static void closeQuietly(AutoCloseable opened) {
        try {
            if (opened instanceof Connection connection && !connection.getAutoCommit()) {
                connection.rollback();
            }
            opened.close();
        } catch (Exception ignored) {
            // The error that led here says more.
        }
    }
}
