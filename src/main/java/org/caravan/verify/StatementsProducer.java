package org.caravan.verify;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Planned;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Scope;
import org.caravan.ledger.Sha256;
import org.caravan.ledger.Step;
import org.caravan.ledger.Verification;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;
import org.caravan.verify.digest.Sample;

/** Writes the SQL that measures the run's table as it is now: the staging table, then the target. */
final class StatementsProducer extends DefaultProducer {
    private final VerifyEndpoint endpoint;
    private final Engine engine;

    StatementsProducer(VerifyEndpoint endpoint, Engine engine) {
        super(endpoint);
        this.endpoint = endpoint;
        this.engine = engine;
    }

    @Override
    public void process(Exchange exchange) {
        if (Runs.keepsTarget(exchange)) {
            exchange.getMessage().setBody(List.of());
            return;
        }
        Run run = Runs.current(exchange, getEndpoint().getEndpointUri());
        run.begin(Step.VERIFY);
        String comment = run.comment(Step.VERIFY);
        List<Planned> statements = statements(endpoint, engine, run, comment);
        String digest = engine.effortOfDigest(new Sample(run.proof().sample()));
        run.proof()
                .asks(
                        engine.point(),
                        statements.stream()
                                .map(statement -> asked(statement, comment, digest))
                                .toList());
        exchange.getMessage().setBody(statements.stream().map(Planned::sql).toList());
    }

    private Verification.Asked asked(Planned statement, String comment, String digest) {
        String effort = statement.effort();
        boolean passedOn = engine == Engine.DATABRICKS && !effort.equals(digest);
        return new Verification.Asked(
                Sha256.of(statement.sql().replace(comment, "")),
                passedOn ? Engine.REDSHIFT.point() : engine.point(),
                effort);
    }

    /** The statements, each with a comment before it. */
    static List<Planned> statements(VerifyEndpoint endpoint, Engine engine, Run run, String comment) {
        if (endpoint.isOfPublication()) {
            return Freshness.statements(engine, endpoint.getCatalog(), run, comment);
        }
        TableName table = run.table().orElseThrow(() -> notLoaded(run));
        Scope scope = run.scope();
        String name = new ScopeSql(engine, endpoint.getCatalog()).from(table, scope);
        Columns columns = run.tableColumns().orElseThrow(() -> notLoaded(run));
        if (!scope.hasValues() || (!endpoint.comparesValues() && !endpoint.asksDigest())) {
            return List.of(new Planned(SummarySql.count(comment, name), engine.effortOfCount()));
        }
        List<Planned> statements = new ArrayList<>();
        if (endpoint.comparesValues()) {
            statements.addAll(summaries(engine, comment, name, columns));
        }
        if (endpoint.asksDigest()) {
            Sample sample = new Sample(run.proof().sample());
            if (endpoint.counts(sample)) {
                statements.add(new Planned(SummarySql.count(comment, name), engine.effortOfCount()));
            }
            for (String sql : engine.digestSql(sample).statements(comment, name, columns)) {
                statements.add(new Planned(sql, engine.effortOfDigest(sample)));
            }
        }
        return statements;
    }

    private static List<Planned> summaries(Engine engine, String comment, String name, Columns columns) {
        List<Planned> statements = new ArrayList<>();
        for (String sql : new SummarySql(engine, comment, name).statements(columns)) {
            statements.add(new Planned(sql, engine.effortOfSummary()));
        }
        return statements;
    }

    private static CaravanException notLoaded(Run run) {
        return new CaravanException(
                Category.CONFIG,
                "Pipeline '" + run.pipeline()
                        + "' verifies before it loads; put caravan-redshift:load before the verification.");
    }
}
