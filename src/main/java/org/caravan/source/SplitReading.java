package org.caravan.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.SqlFailures;
import org.caravan.schema.RowStream;
import org.caravan.source.postgres.PostgresSplit;
import org.caravan.source.postgres.RowEstimate;
import org.caravan.source.postgres.Snapshot;
import org.caravan.source.split.Asking;
import org.caravan.source.split.Consistency;
import org.caravan.source.split.JdbcSplit;
import org.caravan.source.split.Partitioning;
import org.caravan.source.split.Split;
import org.caravan.source.stream.BatchReader;
import org.caravan.source.stream.ReadAhead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one query over several connections, each of which reads a slice of its own; immutable.
 *
 * @param dataSource gives the connections beside the first
 */
record SplitReading(Fetching fetching, Partitioning partitioning, DataSource dataSource) {
    private static final Logger LOG = LoggerFactory.getLogger(SplitReading.class);

    /**
     * Begins to read; the parameters are those of {@link Fetching#open}.
     *
     * @param first no transaction is under way; owned by the stream from the moment that it is returned
     */
    RowStream open(
            Connection first,
            String sql,
            String comment,
            LongConsumer progress,
            LongConsumer expected,
            Alterations alterations)
            throws SQLException {
        checkPool();
        Fetching.begin(first);
        // Errors of the query, and of its columns, are those of the user's own text.
        SourceColumns.describe(first, sql, fetching.overrides(), fetching.bindings());
        Optional<String> obstacle = fetching.obstacle(first, Fetching.commented(sql, comment));
        Optional<String> stateObstacle = PostgresSplit.stateObstacle(first);
        Split split = split(first, sql, stateObstacle, Asking.BOUNDS);
        if (split.isWhole()) {
            LOG.info("Reading over one connection, although partitions={}: {}", partitioning.partitions(), split.how());
            first.rollback();
            return fetching.open(first, sql, comment, progress, expected, alterations);
        }
        obstacle.ifPresent(reason -> LOG.info("Reading through result sets: {}", reason));
        LOG.info("Reading over {} connections, by {}", split.statements().size(), split.how());
        Optional<Snapshot> snapshot = Optional.empty();
        if (stateObstacle.isEmpty()) {
            RowEstimate.of(first, sql).ifPresent(expected);
            snapshot = Optional.of(Snapshot.export(first));
        } else {
            LOG.warn(
                    "Reading from the data source '{}' over {} connections that do not see one state (partitionConsistency=none):"
                            + " rows that change meanwhile may be missed or repeated",
                    fetching.settings(),
                    split.statements().size());
        }
        List<String> statements = split.statements().stream()
                .map(statement -> Fetching.commented(statement, comment))
                .toList();
        return new ReadAhead(
                new Slices(this, obstacle, snapshot, alterations).open(first, statements), Fetching.THREAD, progress);
    }

    /**
     * The slices of a query, in the transaction of a connection, which begins with it.
     *
     * @param stateObstacle why connections cannot share one state, if so
     * @throws CaravanException if it cannot be split as the route says
     */
    Split split(Connection connection, String sql, Optional<String> stateObstacle, Asking asking) throws SQLException {
        if (stateObstacle.isEmpty()) {
            Snapshot.begin(connection);
            return PostgresSplit.of(connection, sql, partitioning, asking);
        }
        if (partitioning.consistency() == Consistency.SNAPSHOT) {
            throw new CaravanException(
                    Category.CONFIG,
                    "partitions=" + partitioning.partitions() + " of caravan-query: " + stateObstacle.get()
                            + ", whose connections cannot be made to read one state, so a row that changes while the run reads"
                            + " might be missed or read twice. Leave partitions out, or accept that with partitionConsistency=none.");
        }
        return JdbcSplit.of(connection, sql, fetching.bindings(), partitioning, asking);
    }

    /** Whether PostgreSQL's own statements about the query, which take no bound values, or its COPY, may be used. */
    boolean needsLiterals() {
        return partitioning.isSplit()
                || (fetching.mode() != ReadMode.RESULTSET
                        && fetching.bindings().secret().isEmpty());
    }

    /** The same for statements that have no parameters any more. */
    SplitReading bound() {
        return new SplitReading(fetching.bound(), partitioning, dataSource);
    }

    /** What several connections need of the pool, said before any is waited for. */
    void checkPool() {
        if (dataSource instanceof BoundedPool pool && pool.maxConnections() < partitioning.partitions()) {
            throw new CaravanException(
                    Category.CONFIG,
                    "partitions=" + partitioning.partitions()
                            + " of caravan-query needs as many connections at a time, but the"
                            + " data source '" + fetching.settings() + "' gives at most " + pool.maxConnections()
                            + ": set partitions to that, or less.");
        }
    }

    /** Another connection. */
    Connection connect(int number, int all) {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            CaravanException failure = SqlFailures.of(
                    Category.SOURCE,
                    fetching.settings(),
                    "Connecting to the data source '" + fetching.settings() + "' for partition " + number + " of "
                            + all,
                    e);
            throw new CaravanException(
                    failure.category(),
                    failure.getMessage() + " The data source must give " + all
                            + " connections at a time; set fewer partitions on caravan-query, or enlarge its pool.",
                    e);
        }
    }

    /** The columns of all slices are the same unless the connections differ in more than their slice. */
    static List<BatchReader> checked(List<BatchReader> readers) {
        for (BatchReader reader : readers) {
            if (!reader.columns().equals(readers.get(0).columns())) {
                throw new CaravanException(
                        Category.SOURCE,
                        "The source's connections describe the query's columns differently, " + reader.columns()
                                + " and " + readers.get(0).columns()
                                + ". They must reach one server with the same settings, such as search_path.");
            }
        }
        return new ArrayList<>(readers);
    }
}
