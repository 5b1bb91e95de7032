package org.caravan.redshift;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.KeyRule;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.SqlFailures;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;
import org.caravan.schema.TableName;

/** Loads a run's parts into its own staging table; nothing that a reader sees changes. Stateless. */
final class Loader {
    /** Asks how many rows this session's last COPY loaded. */
    static final String COPIED = "SELECT pg_last_copy_count()";

    /** Asks for the id of this session's last COPY. */
    static final String COPY_QUERY = "SELECT pg_last_copy_id()";

    private final String iamRole;
    private final Optional<String> reader;

    /**
     * @param reader the Redshift user through whom Databricks reads, if it needs a grant on the staging table
     */
    Loader(String iamRole, Optional<String> reader) {
        this.iamRole = iamRole;
        this.reader = reader;
    }

    /** The staging table of a run: its name carries the run's id, so that no two runs share one. */
    static TableName stagingTable(String stagingSchema, Run run) {
        return RunTables.of(stagingSchema, run, 1);
    }

    /**
     * Creates the staging table and copies the parts into it, in one transaction.
     *
     * @param staged the columns as the staging table holds them
     * @param keyRules what the rows must keep, or they are rolled back
     * @return the rows that COPY reported
     */
    long load(Session session, Run run, TableName staging, Columns staged, List<KeyRule> keyRules) {
        manifest(run);
        create(session, staging, staged, LoadLedger.table(staging.schema(), run.pipeline()));
        long expected = run.rows(Point.FILES).orElse(0);
        long copied = expected == 0 ? 0 : copy(session, run, copyCommand(run, staging, staged));
        run.count(Point.COPIED, copied);
        if (copied != expected) {
            throw new CaravanException(
                    Category.LOAD,
                    "COPY loaded " + copied + " rows into " + staging + ", but the files hold " + expected
                            + "; the staging table is rolled back and the target is untouched.");
        }
        keyRules.forEach(rule -> UniqueKeys.of(rule, staging, staged).check(session, run));
        try {
            session.commit();
        } catch (SQLException e) {
            throw session.failure(Category.LOAD, "Committing the staging table " + staging, e);
        }
        return copied;
    }

    private static String manifest(Run run) {
        return run.manifest()
                .orElseThrow(() -> new CaravanException(
                        Category.CONFIG,
                        "Pipeline '" + run.pipeline()
                                + "' loads before it has a manifest; put caravan-stage:manifest and an"
                                + " upload of it before caravan-redshift:load."));
    }

    private static String copyOptions(Run run) {
        String options = run.fileFormat().map(FileFormat::copyOptions).orElseThrow();
        return run.jsonPaths()
                .map(address -> options.replace("'" + FileFormat.JSON_PATHS + "'", RedshiftSql.literal(address)))
                .orElse(options);
    }

    /** The statements that make the staging table, and the pipeline's load ledger if it is not there. */
    List<String> creation(TableName staging, Columns staged, TableName loadLedger) {
        String schema = RedshiftSql.quoted(staging.schema());
        String table = RedshiftSql.quoted(staging);
        List<String> statements = new ArrayList<>();
        statements.add("CREATE SCHEMA IF NOT EXISTS " + schema);
        statements.add(LoadLedger.creation(loadLedger));
        statements.add("CREATE TABLE " + table + " (" + RedshiftSql.definitions(staged) + ") DISTSTYLE EVEN");
        reader.map(RedshiftSql::quoted).ifPresent(user -> {
            statements.add("GRANT USAGE ON SCHEMA " + schema + " TO " + user);
            statements.add("GRANT SELECT ON " + table + " TO " + user);
        });
        return statements;
    }

    /** The statements that let Databricks read the pipeline's load ledger: the question whether it may, and the grant, if it may not. */
    List<String> grant(TableName loadLedger) {
        String table = RedshiftSql.quoted(loadLedger);
        return reader.map(user -> List.of(
                        "SELECT CASE WHEN HAS_TABLE_PRIVILEGE(" + RedshiftSql.literal(user) + ", "
                                + RedshiftSql.literal(table) + ", 'select') THEN 1 ELSE 0 END",
                        "GRANT SELECT ON " + table + " TO " + RedshiftSql.quoted(user)))
                .orElseGet(List::of);
    }

    /** The COPY of a run that has a manifest and files. */
    CopyCommand copyCommand(Run run, TableName staging, Columns staged) {
        return new CopyCommand(staging, staged, manifest(run), copyOptions(run), iamRole);
    }

    /** Makes the staging table, in the session's transaction. */
    void create(Session session, TableName staging, Columns staged, TableName loadLedger) {
        try {
            for (String statement : creation(staging, staged, loadLedger)) {
                session.execute(statement);
            }
            grantOnce(session, loadLedger);
        } catch (SQLException e) {
            throw session.failure(
                    Category.LOAD,
                    "Creating the staging table " + staging + " (schema by the setting redshift.staging-schema)",
                    e);
        }
    }

    /** The table outlives the run, and two grants on it at once could meet. */
    private void grantOnce(Session session, TableName loadLedger) throws SQLException {
        List<String> grant = grant(loadLedger);
        if (!grant.isEmpty() && session.number(grant.get(0)) == 0) {
            session.execute(grant.get(1));
        }
    }

    private static long copy(Session session, Run run, CopyCommand command) {
        try {
            session.execute(command.sql());
            run.proof().setCopyQuery(session.number(COPY_QUERY));
            return session.number(COPIED);
        } catch (SQLException e) {
            throw explain(session, run, command, e);
        }
    }

    private static CaravanException explain(Session session, Run run, CopyCommand command, SQLException error) {
        Optional<LoadErrors.LoadError> detail = Optional.empty();
        try {
            session.rollback();
            detail = LoadErrors.of(session, run);
        } catch (SQLException e) {
            error.addSuppressed(e);
        }
        String message = String.valueOf(SqlFailures.root(error).getMessage())
                .replaceAll("\\s*\\R\\s*", " ")
                .strip();
        String advice = message.contains("IAM Role") || message.contains("IAM role") || message.contains("AccessDenied")
                ? " Check the setting redshift.copy.iam-role: the cluster must be allowed to assume the role, and the role to read"
                        + " the bucket."
                : "";
        return new CaravanException(
                Category.LOAD,
                "COPY into " + command.table() + " from " + command.manifest() + " failed: " + message
                        + (message.endsWith(".") ? "" : ".")
                        + LoadTrace.of(run, detail, message) + advice,
                error);
    }
}
