package org.caravan.redshift;

import java.sql.SQLException;
import org.caravan.ledger.Scope;
import org.caravan.schema.TableName;

/**
 * All rows of the target are deleted and those of the run inserted, so that views and grants live and readers see yesterday's rows
 * until the commit. TRUNCATE would commit at once, and LOCK would stop readers.
 */
record Replace(PublishRequest request) implements PublishMode {
    @Override
    public Effect apply(Script script) throws SQLException {
        TableName target = request.target();
        long deleted = script.update("DELETE FROM " + RedshiftSql.quoted(target));
        long inserted = script.update(PublishSql.insertion(request, target));
        long after = script.number(PublishSql.count(target));
        PublishMode.check(request, "the INSERT into " + target + " made", request.rows(), inserted);
        PublishMode.check(request, target + " has", request.rows(), after);
        return new Effect(inserted, 0, deleted, after);
    }

    @Override
    public Scope scope(Script script, long rowsAfter) {
        return new Scope.Whole();
    }
}
