package org.caravan.redshift;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Warning;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between the result's columns and a target that is there: whether they fit, and what is done to the target so that they do.
 * Immutable.
 *
 * @param result the columns as the target holds them
 */
record SchemaContract(String pipeline, TableName target, Columns result, SchemaChange change) {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaContract.class);

    SchemaContract {
        requireNonNull(pipeline, "pipeline");
        requireNonNull(target, "target");
        requireNonNull(result, "result");
        requireNonNull(change, "change");
    }

    static SchemaContract of(PublishRequest request) {
        return new SchemaContract(
                request.pipeline(),
                request.target(),
                request.columns(),
                request.options().schemaChange());
    }

    /**
     * How the target differs; empty also if it is not there.
     *
     * @throws CaravanException if it may not follow
     */
    SchemaDiff check(Script script) throws SQLException {
        Map<String, String> found = TargetTable.columns(script, target);
        if (found.isEmpty()) {
            return new SchemaDiff(List.of());
        }
        SchemaDiff diff = SchemaDiff.of(result, found);
        if (!diff.refused(change).isEmpty()) {
            throw new CaravanException(
                    Category.PUBLISH,
                    "The target " + target + " does not fit the result of pipeline '" + pipeline + "': " + diff.text()
                            + ". schemaChange=" + change.text()
                            + " does not allow all of that. Nothing has changed; change the query (or its columns parameter),"
                            + " the table, or schemaChange.");
        }
        if (!diff.isEmpty()) {
            LOG.info("{}: the target {} differs from the result, and may follow it: {}", pipeline, target, diff.text());
        }
        checkViews(script, diff);
        return diff;
    }

    /** A view that is bound to a column keeps it from being altered or dropped. */
    private void checkViews(Script script, SchemaDiff diff) throws SQLException {
        if (diff.wider().isEmpty() || change.allows(SchemaChange.Kind.REPLACE)) {
            return;
        }
        List<String> columns =
                diff.wider().stream().map(wider -> wider.column().name()).toList();
        List<String> views = TargetRights.boundViews(script, target, columns);
        if (!views.isEmpty()) {
            throw new CaravanException(
                    Category.PUBLISH,
                    "The columns " + String.join(", ", columns) + " of the target " + target
                            + " cannot be widened: the views " + String.join(", ", views)
                            + " are bound to them. Make these WITH NO SCHEMA BINDING, or drop them and make them again."
                            + " Nothing has changed.");
        }
    }

    /**
     * Gives text more room, before the publication: Redshift does that in no transaction block. Readers see the same values before
     * and after.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html">ALTER TABLE</a>
     */
    List<Warning> widenTexts(Session session, Duration lockWait) throws SQLException {
        List<Warning> done = new ArrayList<>();
        if (!change.allowed().contains(SchemaChange.Kind.WIDEN)) {
            return done;
        }
        SchemaDiff diff = check(new LiveScript(session, lockWait));
        for (SchemaDiff.Wider wider : diff.wider()) {
            if (wider.isText()) {
                session.execute(Session.timeout(lockWait));
                session.executeAlone("ALTER TABLE " + RedshiftSql.quoted(target) + " ALTER COLUMN "
                        + RedshiftSql.quoted(wider.column().name()) + " TYPE "
                        + RedshiftSql.type(wider.column().type()));
                done.add(widened(wider));
            }
        }
        session.rollback();
        return done;
    }

    /** Alters the target within the publish transaction, so that the result fits; readers wait from then on until its end. */
    List<Warning> apply(Script script) throws SQLException {
        List<Warning> done = new ArrayList<>();
        SchemaDiff diff = check(script);
        if (change.allows(SchemaChange.Kind.REPLACE)) {
            return done;
        }
        String table = "ALTER TABLE " + RedshiftSql.quoted(target);
        for (SchemaDiff.Difference difference : diff.differences()) {
            if (difference instanceof SchemaDiff.Added added) {
                String type = RedshiftSql.type(added.column().type());
                script.await(
                        table + " ADD COLUMN "
                                + RedshiftSql.quoted(added.column().name()) + " " + type,
                        target);
                done.add(new Warning(
                        "schemaChange=add",
                        "column '" + added.column().name() + "' " + type + " was added to " + target));
            } else if (difference instanceof SchemaDiff.Wider wider) {
                widen(script, table, wider);
                done.add(widened(wider));
            }
        }
        return done;
    }

    private void widen(Script script, String table, SchemaDiff.Wider wider) throws SQLException {
        String old = RedshiftSql.quoted(wider.column().name());
        String next = RedshiftSql.quoted(wider.column().name() + "__wider");
        script.await(
                table + " ADD COLUMN " + next + " "
                        + RedshiftSql.type(wider.column().type()),
                target);
        script.update("UPDATE " + RedshiftSql.quoted(target) + " SET " + next + " = " + old);
        script.execute(table + " DROP COLUMN " + old);
        script.execute(table + " RENAME COLUMN " + next + " TO " + old);
    }

    private Warning widened(SchemaDiff.Wider wider) {
        return new Warning(
                "schemaChange=widen",
                "column '" + wider.column().name() + "' of " + target + " was " + wider.found() + " and is "
                        + RedshiftSql.type(wider.column().type()));
    }
}
