package org.caravan.source.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.source.parameter.Bindings;
import org.caravan.source.split.Asking;
import org.caravan.source.split.KeyColumn;
import org.caravan.source.split.KeyKind;
import org.caravan.source.split.KeySlices;
import org.caravan.source.split.PartitionBy;
import org.caravan.source.split.Partitioning;
import org.caravan.source.split.Split;

/** Cuts a PostgreSQL query. Stateless. */
public final class PostgresSplit {
    /** Types whose text is the same in every session, whatever its settings. */
    private static final Set<String> HASHED =
            Set.of("text", "varchar", "bpchar", "name", "citext", "uuid", "numeric", "bool");

    /** No collation that the column might not have decides; and the least integer has no positive counterpart in 32 bits. */
    private static final String HASH = "coalesce(mod(abs(hashtext(%s::text COLLATE \"C\")::bigint), %d), 0)";

    private PostgresSplit() {}

    /** Why the connections of a source cannot share one state of it; empty if they can. May roll back the transaction. */
    public static Optional<String> stateObstacle(Connection connection) throws SQLException {
        return PostgresServer.stateObstacle(connection);
    }

    /**
     * The slices of a query.
     *
     * @param connection whose transaction has the state that all slices are read from, and stays open as long as they are read
     * @throws CaravanException if the route asks for a way that does not serve
     */
    public static Split of(Connection connection, String sql, Partitioning partitioning, Asking asking)
            throws SQLException {
        QueryPlan plan = QueryPlan.of(connection, sql);
        CtidSplit pages = new CtidSplit(connection, sql);
        if (partitioning.by() instanceof PartitionBy.Key key) {
            return byKey(connection, sql, plan, key, partitioning.partitions(), asking);
        }
        Optional<String> obstacle = pages.obstacle(plan);
        if (partitioning.by() instanceof PartitionBy.Ctid) {
            if (obstacle.isPresent()) {
                throw refused("ctid", "the query cannot be split by the pages of its table: " + obstacle.get());
            }
            return pages.slices(partitioning.partitions());
        }
        Optional<String> whole = obstacle.isPresent() ? obstacle : pages.waste(plan);
        return whole.isPresent() ? Split.whole(sql, whole.get()) : pages.slices(partitioning.partitions());
    }

    private static Split byKey(
            Connection connection, String sql, QueryPlan plan, PartitionBy.Key key, int count, Asking asking)
            throws SQLException {
        Optional<String> obstacle = Repeatable.obstacle(connection, sql, plan);
        if (obstacle.isPresent()) {
            throw refused(key.column(), "the query may give other rows to each connection: " + obstacle.get());
        }
        KeyColumn column = KeyColumn.find(connection, sql, Bindings.NONE, key.column());
        KeySlices slices = new KeySlices(sql, Bindings.NONE, column.label(), "\"");
        Optional<KeyKind> kind = kind(column.typeName());
        if (kind.isPresent()) {
            return slices.ranges(connection, kind.get(), count, asking);
        }
        if (!HASHED.contains(column.typeName().toLowerCase(Locale.ROOT))) {
            throw refused(
                    key.column(),
                    "the column is " + column.typeName()
                            + "; a query can be split by integers, dates, time stamps, text, uuid, numeric and boolean");
        }
        boolean aggregates = plan.nodes().stream().anyMatch(node -> node.type().equals("Aggregate"));
        if (aggregates && plan.output(column.position()).contains("(")) {
            throw refused(
                    key.column(),
                    "the column is computed from many rows, whose order may change its value; name one that is not");
        }
        return slices.hashes(HASH, count);
    }

    private static Optional<KeyKind> kind(String typeName) {
        return switch (typeName) {
            case "int2", "int4", "int8", "smallserial", "serial", "bigserial" -> Optional.of(KeyKind.INTEGER);
            case "date" -> Optional.of(KeyKind.DATE);
            case "timestamp" -> Optional.of(KeyKind.TIMESTAMP);
            case "timestamptz" -> Optional.of(KeyKind.INSTANT);
            default -> Optional.empty();
        };
    }

    private static CaravanException refused(String by, String why) {
        return new CaravanException(
                Category.CONFIG,
                "partitionBy=" + by + " of caravan-query: " + why
                        + ". Leave partitions out of caravan-query, and one connection reads the whole.");
    }
}
