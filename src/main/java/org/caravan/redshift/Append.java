package org.caravan.redshift;

import java.sql.SQLException;
import org.caravan.ledger.Scope;
import org.caravan.schema.TableName;

/** The run's rows are added to those of the target. */
record Append(PublishRequest request) implements PublishMode {
    @Override
    public Effect apply(Script script) throws SQLException {
        TableName target = request.target();
        long before = script.number(PublishSql.count(target));
        long inserted = script.update(PublishSql.insertion(request, target));
        long after = script.number(PublishSql.count(target));
        PublishMode.check(request, "the INSERT into " + target + " made", request.rows(), inserted);
        PublishMode.check(request, target + ", which had " + before + " rows, has", before + request.rows(), after);
        return new Effect(inserted, 0, 0, after);
    }

    @Override
    public Scope scope(Script script, long rowsAfter) {
        return new Scope.Total(rowsAfter);
    }
}
