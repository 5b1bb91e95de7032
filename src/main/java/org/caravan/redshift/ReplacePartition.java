package org.caravan.redshift;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Scope;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of the target that have one of the run's values in the partition column are replaced by the run's; the others stay. */
final class ReplacePartition implements PublishMode {
    private static final Logger LOG = LoggerFactory.getLogger(ReplacePartition.class);
    /** Far below what a statement has room for. */
    private static final int MOST_PARTITIONS = 1000;

    private static final int MOST_SHOWN = 10;

    private final PublishRequest request;
    private final Column column;
    private final String name;
    private final String ofTheRun;

    ReplacePartition(PublishRequest request) {
        this.request = request;
        this.column = request.column("partition", request.options().partition());
        checkType(column);
        this.name = RedshiftSql.quoted(column.name());
        this.ofTheRun =
                " WHERE " + name + " IN (SELECT " + name + " FROM " + RedshiftSql.quoted(request.staging()) + ")";
    }

    /** Only types that are written as the same literal in Redshift and in Spark. */
    private static void checkType(Column column) {
        ColumnType type = column.type();
        boolean serves =
                type instanceof ColumnType.Int || type instanceof ColumnType.Text || type instanceof ColumnType.Date;
        if (!serves || column.storage() != Storage.AS_IS) {
            throw new CaravanException(
                    Category.CONFIG,
                    "The column '" + column.name() + "' (" + RedshiftSql.type(type)
                            + ") cannot be the partition: it must be a date, an integer or text.");
        }
    }

    @Override
    public Effect apply(Script script) throws SQLException {
        long nulls = script.number(
                "SELECT COUNT(*) FROM " + RedshiftSql.quoted(request.staging()) + " WHERE " + name + " IS NULL");
        if (nulls > 0) {
            throw new CaravanException(
                    Category.PUBLISH,
                    nulls + " rows of run " + request.run() + " have no value in the partition column '" + column.name()
                            + "'; nothing has changed. Give them one in the query.");
        }
        List<String> partitions = partitions(script);
        LOG.info(
                "{} run {}: replaces {} partitions of {} ({}): {}{}",
                request.pipeline(),
                request.run(),
                partitions.size(),
                request.target(),
                column.name(),
                String.join(", ", partitions.subList(0, Math.min(MOST_SHOWN, partitions.size()))),
                partitions.size() > MOST_SHOWN ? ", …" : "");
        String target = RedshiftSql.quoted(request.target());
        long deleted = script.update("DELETE FROM " + target + ofTheRun);
        long inserted = script.update(PublishSql.insertion(request, request.target()));
        long found = script.number("SELECT COUNT(*) FROM " + target + ofTheRun);
        PublishMode.check(request, "the INSERT into " + request.target() + " made", request.rows(), inserted);
        PublishMode.check(request, "the run's partitions of " + request.target() + " have", request.rows(), found);
        return new Effect(inserted, 0, deleted, script.number(PublishSql.count(request.target())));
    }

    private List<String> partitions(Script script) throws SQLException {
        List<Map<String, Object>> rows = script.rows("SELECT DISTINCT " + name + " AS partition_value FROM "
                + RedshiftSql.quoted(request.staging()) + " ORDER BY 1 LIMIT " + (MOST_PARTITIONS + 1));
        if (rows.size() > MOST_PARTITIONS) {
            throw new CaravanException(
                    Category.PUBLISH,
                    "Run " + request.run() + " has more than " + MOST_PARTITIONS + " values in the partition column '"
                            + column.name()
                            + "'; nothing has changed. Choose a coarser column (parameter partition), or mode=merge.");
        }
        return rows.stream()
                .map(row -> String.valueOf(row.get("partition_value")))
                .toList();
    }

    @Override
    public Scope scope(Script script, long rowsAfter) throws SQLException {
        return new Scope.Partition(request.staging(), column, partitions(script));
    }
}
