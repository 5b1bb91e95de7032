package org.caravan.redshift;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Warning;
import org.caravan.schema.TableName;

/**
 * The transaction that makes a run visible, but for its COMMIT. It locks the pipeline's load ledger before it reads anything, so
 * that a publication of the pipeline that has ended is in its snapshot; the target is never locked against readers. Stateless.
 */
final class Publisher {
    private Publisher() {}

    /**
     * What came of it.
     *
     * @param changes what was done to the target's columns
     */
    record Result(Publication publication, boolean wasThere, List<Warning> changes) {
        Result {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Publishes, unless the load ledger has the run already.
     *
     * @param statementTimeout how long a statement may take that waits for nobody
     */
    static Result publish(Script script, PublishRequest request, Duration statementTimeout) throws SQLException {
        PublishMode mode = PublishMode.of(request);
        script.execute(Session.timeout(request.options().lockWait()));
        script.await(LoadLedger.lock(request.loadLedger()), request.loadLedger());
        Optional<Publication> there = LoadLedger.find(script, request.loadLedger(), request.run(), request.token());
        if (there.isPresent()) {
            return new Result(there.get(), true, List.of());
        }
        script.await(LoadLedger.lock(request.staging()), request.staging());
        List<Warning> changes = prepare(script, request, mode);
        script.execute(Session.timeout(statementTimeout));
        checkStaging(script, request);
        Effect effect = mode.apply(script);
        Publication publication = new Publication(
                request.run().value(),
                request.token(),
                request.options().mode().label(),
                request.target().toString(),
                effect.inserted(),
                effect.updated(),
                effect.deleted(),
                effect.rowsAfter(),
                request.digest(),
                request.watermark());
        script.execute(LoadLedger.insertion(request.loadLedger(), publication));
        return new Result(publication, false, changes);
    }

    /** Makes the target if it is not there; else waits until no other writes it, and refuses or alters it if it does not fit. */
    private static List<Warning> prepare(Script script, PublishRequest request, PublishMode mode) throws SQLException {
        TableName target = request.target();
        if (TargetTable.columns(script, target).isEmpty()) {
            script.execute(PublishSql.creation(request, target));
            return List.of();
        }
        if (mode.writesTarget()) {
            script.await("DELETE FROM " + RedshiftSql.quoted(target) + " WHERE 1 = 0", target);
        }
        return SchemaContract.of(request).apply(script);
    }

    /** The staging table is what was verified: nobody has changed it since, and the lock keeps it so. */
    private static void checkStaging(Script script, PublishRequest request) throws SQLException {
        TableName staging = request.staging();
        String mend =
                "; it was changed after it was loaded and verified. Nothing is published; find out by whom, and run"
                        + " the pipeline again.";
        long rows = script.number(PublishSql.count(staging));
        if (rows != request.rows()) {
            throw new CaravanException(
                    Category.PUBLISH,
                    "The staging table " + staging + " has " + rows + " rows instead of " + request.rows() + mend);
        }
        if (request.digest().isPresent()) {
            String digest = script.digest(RedshiftSql.quoted(staging), request.staged(), request.sample());
            if (!digest.equals(request.digest().get())) {
                throw new CaravanException(
                        Category.PUBLISH,
                        "The staging table " + staging + " has the digest " + digest + " instead of "
                                + request.digest().get() + mend);
            }
        }
    }

    /** Drops the staging table of a run that is over. */
    static void dropStaging(Session session, TableName staging) throws SQLException {
        session.execute("DROP TABLE IF EXISTS " + RedshiftSql.quoted(staging));
        session.commit();
    }
}
