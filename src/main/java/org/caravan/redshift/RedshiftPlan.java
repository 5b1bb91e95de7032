package org.caravan.redshift;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.KeyRule;
import org.caravan.ledger.Planned;
import org.caravan.ledger.Run;
import org.caravan.ledger.Step;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;
import org.caravan.schema.TableName;

/** What loading and publishing would execute, and whether this user may; stateless. */
final class RedshiftPlan {
    private static final Columns PROBE = new Columns(List.of(new Column("n", new ColumnType.Int(Integer.BYTES), true)));

    private RedshiftPlan() {}

    /** The statements of a load, after which the run's table is the staging table. */
    static List<Planned> load(Loader loader, String stagingSchema, Run run, List<KeyRule> keyRules) {
        Columns staged = run.fileFormat()
                .map(FileFormat::staged)
                .orElseThrow(() -> new CaravanException(
                        Category.CONFIG,
                        "Pipeline '" + run.pipeline()
                                + "' loads before it has encoded a file; put marshal with one of the"
                                + " formats parquet, avro, csv and jsonl before caravan-redshift:load."));
        TableName staging = Loader.stagingTable(stagingSchema, run);
        List<Planned> statements = new ArrayList<>();
        loader.creation(staging, staged, LoadLedger.table(stagingSchema, run.pipeline()))
                .forEach(sql -> statements.add(new Planned(sql)));
        loader.grant(LoadLedger.table(stagingSchema, run.pipeline()))
                .forEach(sql -> statements.add(new Planned(sql, "the grant, unless there is one")));
        statements.add(new Planned(loader.copyCommand(run, staging, staged).sql()));
        statements.add(new Planned(Loader.COPY_QUERY));
        statements.add(new Planned(Loader.COPIED));
        for (KeyRule rule : keyRules) {
            statements.add(new Planned(
                    UniqueKeys.of(rule, staging, staged).counts().get(0),
                    "a guard: Redshift reads the key columns once"));
        }
        run.setTable(staging, staged);
        return statements;
    }

    /** The statements of a publication to a target that is not there yet, after which the run's table is the target. */
    static List<Planned> publish(PublishRequest request, Duration statementTimeout, Run run) {
        PlannedScript script = new PlannedScript();
        try {
            Publisher.publish(script, request, statementTimeout);
            run.proof().evidence().published(request.loadLedger(), true);
            run.setTable(
                    request.target(), request.columns(), PublishMode.of(request).scope(new PlannedScript(), 0));
        } catch (SQLException e) {
            throw new IllegalStateException("A plan connects to nothing", e);
        }
        script.execute("COMMIT");
        Statistics.statement(request).ifPresent(script::execute);
        return script.statements();
    }

    /** Makes a staging table as a load does; the session's end takes it back. */
    static void tryLoad(Session session, Loader loader, String stagingSchema, Run run) {
        loader.create(
                session,
                Loader.stagingTable(stagingSchema, run),
                PROBE,
                LoadLedger.table(stagingSchema, run.pipeline()));
    }

    /** Makes a table in the target's schema; the session's end takes it back. */
    static void tryPublish(Session session, TableName target, Run run) {
        TableName probe = new TableName(
                target.schema(), Loader.stagingTable(target.schema(), run).table());
        try {
            session.execute("CREATE TABLE " + RedshiftSql.quoted(probe) + " (" + RedshiftSql.definitions(PROBE) + ")");
        } catch (SQLException e) {
            throw session.failure(
                    Category.PUBLISH,
                    "Creating a table in the schema " + target.schema()
                            + " (setting redshift.schema), which is taken back,",
                    e);
        }
    }

    static Step step(String action) {
        return action.equals("publish") ? Step.PUBLISH : Step.LOAD;
    }
}
