package org.caravan.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.source.postgres.PostgresSplit;
import org.caravan.source.split.Asking;
import org.caravan.source.split.Split;

/** Tells how a query would be read, without running it. Stateless. */
final class ReadPlanning {
    private static final String ONE_STATE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private ReadPlanning() {}

    /**
     * Plans over a connection, whose transaction it rolls back.
     *
     * @throws org.caravan.ledger.CaravanException if the query cannot be read as the route says
     */
    static ReadPlan of(Connection connection, SplitReading reading, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Optional<String> obstacle = reading.fetching().obstacle(connection, sql);
            FetchRule rule =
                    FetchRule.of(connection.getMetaData(), reading.fetching().fetchSize());
            ReadPlan whole = new ReadPlan(
                    obstacle.isPresent() ? "resultset" : "copy",
                    obstacle,
                    obstacle.map(reason -> rule.how()),
                    obstacle.flatMap(reason -> rule.advice()),
                    reading.partitioning().partitions(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());
            return reading.partitioning().isSplit() ? split(connection, reading, sql, whole) : whole;
        } finally {
            connection.rollback();
        }
    }

    private static ReadPlan split(Connection connection, SplitReading reading, String sql, ReadPlan whole)
            throws SQLException {
        reading.checkPool();
        Optional<String> stateObstacle = PostgresSplit.stateObstacle(connection);
        Split split = reading.split(connection, sql, stateObstacle, Asking.DESCRIPTION);
        List<String> statements = new ArrayList<>();
        Optional<String> state = Optional.empty();
        if (!split.isWhole()) {
            if (stateObstacle.isEmpty()) {
                state = Optional.of("one for all, the first connection's snapshot");
                statements.addAll(List.of(ONE_STATE, "SELECT pg_export_snapshot()", "SET TRANSACTION SNAPSHOT '…'"));
            } else {
                state = Optional.of(
                        "each connection's own (partitionConsistency=none): rows that change while the run reads may"
                                + " be missed or repeated");
            }
            split.bounds().ifPresent(statements::add);
            statements.addAll(split.statements());
        }
        return new ReadPlan(
                whole.path(),
                whole.reason(),
                whole.fetching(),
                whole.advice(),
                whole.partitions(),
                Optional.of((split.isWhole() ? "not split: " : "") + split.how()),
                state,
                statements);
    }
}
