package org.caravan.redshift;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Scope;
import org.caravan.ledger.TableDigest;
import org.caravan.redshift.PublishOptions.BoundViews;
import org.caravan.redshift.PublishOptions.OldTable;
import org.caravan.schema.TableName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new table is made like the target, filled, checked, and given the target's name. The renaming waits for those who read the target,
 * and they for it until the commit.
 */
record Swap(PublishRequest request) implements PublishMode {
    private static final Logger LOG = LoggerFactory.getLogger(Swap.class);

    @Override
    public boolean writesTarget() {
        return false;
    }

    @Override
    public Effect apply(Script script) throws SQLException {
        TableName target = request.target();
        TableName next = request.beside("new");
        TableName old = request.beside("old");
        String table = RedshiftSql.quoted(target);
        boolean keeps = keepsOld(script);
        script.execute(creation(script, next));
        long inserted = script.update(PublishSql.insertion(request, next));
        PublishMode.check(request, "the INSERT into " + next + " made", request.rows(), inserted);
        PublishMode.check(request, next + " has", request.rows(), script.number(PublishSql.count(next)));
        checkDigest(script, next);
        long deleted = script.number(PublishSql.count(target));
        Optional<TargetRights.Owner> owner = TargetRights.owner(script, target);
        List<String> rights = new ArrayList<>(TargetRights.grants(script, target, owner));
        owner.flatMap(user -> user.of(target)).ifPresent(rights::add);
        script.execute(Session.timeout(request.options().lockWait()));
        script.await("ALTER TABLE " + table + " RENAME TO " + RedshiftSql.quoted(old.table()), target);
        script.execute("ALTER TABLE " + RedshiftSql.quoted(next) + " RENAME TO " + RedshiftSql.quoted(target.table()));
        for (String right : rights) {
            script.execute(right);
        }
        if (!keeps) {
            script.execute("DROP TABLE " + RedshiftSql.quoted(old));
        }
        return new Effect(inserted, 0, deleted, inserted);
    }

    private String creation(Script script, TableName next) throws SQLException {
        SchemaDiff diff = SchemaContract.of(request).check(script);
        if (diff.isEmpty() || !request.options().schemaChange().allows(SchemaChange.Kind.REPLACE)) {
            return "CREATE TABLE " + RedshiftSql.quoted(next) + " (LIKE " + RedshiftSql.quoted(request.target())
                    + " INCLUDING DEFAULTS)";
        }
        LOG.warn(
                "{} run {}: {} is made anew with the result's columns, without its defaults, encodings, distribution and sort keys:"
                        + " {}",
                request.pipeline(),
                request.run(),
                request.target(),
                diff.text());
        return PublishSql.creation(request, next);
    }

    /** Says what the new table will not have, and whether the old one stays. */
    private boolean keepsOld(Script script) throws SQLException {
        TableName target = request.target();
        List<String> views = TargetRights.boundViews(script, target);
        boolean keeps = request.options().oldTable() == OldTable.KEEP;
        if (views.isEmpty()) {
            LOG.info(
                    "{} run {}: the table swapped in for {} keeps columns, defaults, encodings, distribution and sort keys, grants"
                            + " on the table, and the owner; not primary and foreign keys, grants on columns, and policies.",
                    request.pipeline(),
                    request.run(),
                    target);
            return keeps;
        }
        if (request.options().views() == BoundViews.REFUSE) {
            throw new CaravanException(
                    Category.PUBLISH,
                    "The table " + target + " is not swapped: the views " + String.join(", ", views)
                            + " are bound to it and would go on reading its old rows. Make them WITH NO SCHEMA BINDING, use"
                            + " mode=replace, or say views=leave. Nothing has changed.");
        }
        LOG.warn(
                "{} run {}: the views {} stay bound to the old table, which is kept as {}: make them anew.",
                request.pipeline(),
                request.run(),
                String.join(", ", views),
                request.beside("old"));
        return true;
    }

    private void checkDigest(Script script, TableName next) throws SQLException {
        if (request.digest().isEmpty() || !TableDigest.inRedshift().isSame(request.staged(), request.columns())) {
            return;
        }
        String found = script.digest(RedshiftSql.quoted(next), request.columns(), request.sample());
        if (!request.digest().get().equals(found)) {
            throw new CaravanException(
                    Category.PUBLISH,
                    "The table " + next + ", made to be swapped in for " + request.target() + ", has the digest "
                            + found
                            + " instead of " + request.digest().get()
                            + "; it is rolled back and readers see the rows of before.");
        }
    }

    @Override
    public Scope scope(Script script, long rowsAfter) {
        return new Scope.Whole();
    }
}
