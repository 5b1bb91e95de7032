package org.caravan.redshift;

import java.sql.SQLException;
import java.util.stream.Collectors;
import org.caravan.ledger.Scope;
import org.caravan.redshift.PublishOptions.WhenMatched;
import org.caravan.redshift.PublishOptions.WhenMissing;
import org.caravan.schema.TableName;

/**
 * The run's rows are merged into the target by key. Redshift's MERGE has one WHEN MATCHED, which must be there, and no conditions:
 * rows that are missing are deleted by a statement of their own, and rows that match are ignored by an INSERT of the others.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_MERGE.html">MERGE</a>
 */
final class Merge implements PublishMode {
    private final PublishRequest request;
    private final KeyColumns keys;
    private final TableName target;
    private final String table;
    private final String staging;
    private final String same;

    Merge(PublishRequest request) {
        this.request = request;
        this.keys = new KeyColumns(request.options().keys().stream()
                .map(name -> request.column("keys", name))
                .toList());
        this.target = request.target();
        this.table = RedshiftSql.quoted(target);
        this.staging = RedshiftSql.quoted(request.staging()) + PublishSql.stagedAs();
        this.same = PublishSql.sameKeys(target, keys.columns());
    }

    @Override
    public Effect apply(Script script) throws SQLException {
        keys.check(script, "the staging table", request.staging());
        keys.check(script, "the target", target);
        String matching = "SELECT COUNT(*) FROM " + table + " JOIN " + staging + " ON " + same;
        long before = script.number(PublishSql.count(target));
        long matched = script.number(matching);
        long deleted = 0;
        if (request.options().whenMissing() == WhenMissing.DELETE) {
            deleted = script.update(
                    "DELETE FROM " + table + " WHERE NOT EXISTS (SELECT 1 FROM " + staging + " WHERE " + same + ")");
            PublishMode.check(
                    request, "the DELETE of keys that the run has not took from " + target, before - matched, deleted);
        }
        boolean updates = request.options().whenMatched() == WhenMatched.UPDATE;
        script.execute(updates ? merge() : insertionOfOthers());
        long inserted = request.rows() - matched;
        long after = script.number(PublishSql.count(target));
        PublishMode.check(request, target + " has", before - deleted + inserted, after);
        PublishMode.check(request, "of the run's keys " + target + " has", request.rows(), script.number(matching));
        return new Effect(inserted, updates ? matched : 0, deleted, after);
    }

    private String merge() {
        String updates = request.staged().stream()
                .map(column ->
                        RedshiftSql.quoted(column.name()) + " = " + RedshiftSql.published(column, PublishSql.STAGED))
                .collect(Collectors.joining(", "));
        return "MERGE INTO " + table + " USING " + staging + " ON " + same + " WHEN MATCHED THEN UPDATE SET " + updates
                + " WHEN NOT MATCHED THEN INSERT (" + RedshiftSql.columnList(request.staged()) + ") VALUES ("
                + values() + ")";
    }

    private String insertionOfOthers() {
        return "INSERT INTO " + table + " (" + RedshiftSql.columnList(request.staged()) + ") SELECT " + values()
                + " FROM " + staging + " WHERE NOT EXISTS (SELECT 1 FROM " + table + " WHERE " + same + ")";
    }

    private String values() {
        return request.staged().stream()
                .map(column -> RedshiftSql.published(column, PublishSql.STAGED))
                .collect(Collectors.joining(", "));
    }

    @Override
    public Scope scope(Script script, long rowsAfter) {
        boolean updates = request.options().whenMatched() == WhenMatched.UPDATE;
        if (updates && request.options().whenMissing() == WhenMissing.DELETE) {
            return new Scope.Whole();
        }
        return new Scope.Keys(request.staging(), keys.columns(), updates ? Scope.Compared.VALUES : Scope.Compared.ROWS);
    }
}
