package org.caravan.redshift;

import java.util.List;
import java.util.stream.Collectors;
import org.caravan.schema.Column;
import org.caravan.schema.TableName;

/** The SQL that the publish modes share; stateless. */
final class PublishSql {
    /** The staging table's name where it is joined. */
    static final String STAGED = "caravan_staged";

    private PublishSql() {}

    static String creation(PublishRequest request, TableName table) {
        return "CREATE TABLE " + RedshiftSql.quoted(table) + " (" + RedshiftSql.definitions(request.columns()) + ")";
    }

    static String count(TableName table) {
        return "SELECT COUNT(*) FROM " + RedshiftSql.quoted(table);
    }

    /** Inserts all rows of the staging table, in the target's types. */
    static String insertion(PublishRequest request, TableName into) {
        return "INSERT INTO " + RedshiftSql.quoted(into) + " (" + RedshiftSql.columnList(request.staged()) + ") SELECT "
                + RedshiftSql.stagingToTarget(request.staged()) + " FROM " + RedshiftSql.quoted(request.staging());
    }

    static String stagedAs() {
        return " AS " + RedshiftSql.quoted(STAGED);
    }

    /** The condition that a row of the target and one of the staging table have the same values in some columns. */
    static String sameKeys(TableName target, List<Column> keys) {
        return keys.stream()
                .map(key -> RedshiftSql.quoted(target.table()) + "." + RedshiftSql.quoted(key.name()) + " = "
                        + RedshiftSql.quoted(STAGED) + "." + RedshiftSql.quoted(key.name()))
                .collect(Collectors.joining(" AND "));
    }
}
