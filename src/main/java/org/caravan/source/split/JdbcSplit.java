package org.caravan.source.split;

import java.sql.Connection;
import java.sql.SQLException;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.source.parameter.Bindings;

/** Cuts a query of any database, by whole numbers, which every database compares alike. Stateless. */
public final class JdbcSplit {
    private JdbcSplit() {}

    /**
     * The slices of a query.
     *
     * @param connection used by the caller alone
     * @param bindings the values of the parameters that the query has, and the slices
     * @throws CaravanException if the column does not serve
     */
    public static Split of(
            Connection connection, String sql, Bindings bindings, Partitioning partitioning, Asking asking)
            throws SQLException {
        if (!(partitioning.by() instanceof PartitionBy.Key key)) {
            throw new CaravanException(
                    Category.CONFIG,
                    "partitions=" + partitioning.partitions()
                            + " of caravan-query needs partitionBy=<column> here: only in PostgreSQL is there something else to"
                            + " split by. Name a column of whole numbers.");
        }
        KeyColumn column = KeyColumn.find(connection, sql, bindings, key.column());
        if (!column.isInteger()) {
            throw new CaravanException(
                    Category.CONFIG,
                    "partitionBy=" + key.column() + " of caravan-query: the column is " + column.typeName()
                            + "; outside of PostgreSQL only whole numbers of up to 18 digits can be split by.");
        }
        String quote = connection.getMetaData().getIdentifierQuoteString().strip();
        return new KeySlices(sql, bindings, column.label(), quote)
                .ranges(connection, KeyKind.INTEGER, partitioning.partitions(), asking);
    }
}
