package org.caravan.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Scope;
import org.caravan.ledger.Step;
import org.caravan.ledger.Verification;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;
import org.caravan.verify.digest.Digest;
import org.caravan.verify.digest.DigestAnswers;
import org.caravan.verify.digest.DigestSql;
import org.caravan.verify.digest.Excluded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares an engine's answers with the rows that were encoded, and notes the evidence on the run. */
final class CompareProducer extends DefaultProducer {
    private static final Logger LOG = LoggerFactory.getLogger(CompareProducer.class);
    private static final int MOST_DIFFERENCES_SHOWN = 5;

    private final VerifyEndpoint endpoint;
    private final Engine engine;

    CompareProducer(VerifyEndpoint endpoint, Engine engine) {
        super(endpoint);
        this.endpoint = endpoint;
        this.engine = engine;
    }

    @Override
    public void process(Exchange exchange) {
        if (Runs.keepsTarget(exchange)) {
            return;
        }
        Run run = Runs.current(exchange, getEndpoint().getEndpointUri());
        TableSummary expected = exchange.getProperty(VerifyConstants.EXPECTED, TableSummary.class);
        TableName table = run.table().orElse(null);
        if (expected == null || table == null) {
            throw new CaravanException(
                    Category.CONFIG,
                    "Pipeline '" + run.pipeline()
                            + "' has nothing to compare: verify after caravan-redshift:load, in a run"
                            + " whose parts were cut by caravan-stage:parts.");
        }
        List<Map<String, Object>> answers = answers(exchange);
        long rows = run.scope().hasValues()
                ? compareValues(run, table, expected, answers)
                : compareRows(run, table, expected, answers);
        run.verified(table, engine.point());
        run.proof().verified(verification(run, table, rows));
        run.end(Step.VERIFY);
        LOG.info(
                "{} run {}: {} rows of {} verified in {}{}",
                run.pipeline(),
                run.id(),
                rows,
                table,
                engine.point().label(),
                run.scope().hasValues() ? "" : " (counted only: the mode keeps values that the run has not)");
    }

    private Verification verification(Run run, TableName table, long rows) {
        boolean digest = endpoint.asksDigest() && run.scope().hasValues();
        List<String> excluded = digest
                ? DigestSql.excluded(run.tableColumns().orElseThrow()).stream()
                        .map(Excluded::toString)
                        .toList()
                : List.of();
        return new Verification(
                table,
                engine.point(),
                run.published().filter(table::equals).isPresent(),
                Instant.now(),
                run.scope(),
                rows,
                Optional.ofNullable(run.digests().get(engine.point())).filter(found -> digest),
                excluded,
                run.proof().asked(engine.point()));
    }

    private long compareValues(Run run, TableName table, TableSummary expected, List<Map<String, Object>> answers) {
        Columns columns = run.tableColumns().orElseThrow();
        int summaries = endpoint.asksDigest() ? Math.min(answers.size(), SummarySql.count(columns)) : answers.size();
        TableFacts facts = new SummaryRows(columns, answers.subList(0, summaries)).facts();
        List<String> differences = new ArrayList<>(facts.differencesFrom(expected.facts()));
        Digest queried = expected.digest(columns);
        run.digest(Point.FILES, queried.toString());
        if (endpoint.asksDigest()) {
            Digest digest = DigestAnswers.read(columns, answers.subList(summaries, answers.size()));
            run.digest(engine.point(), digest.toString());
            for (Excluded excluded : DigestSql.excluded(columns)) {
                LOG.warn("{} run {}: the digest of {} leaves out {}", run.pipeline(), run.id(), table, excluded);
            }
            differences.addAll(differences(columns, queried, digest));
        }
        run.count(engine.point(), facts.rows());
        if (!differences.isEmpty()) {
            throw new CaravanException(Category.VERIFY, difference(table, differences));
        }
        return facts.rows();
    }

    /** The run's own count stands where it was measured last; that of a table that holds others' rows too would mislead. */
    private long compareRows(Run run, TableName table, TableSummary expected, List<Map<String, Object>> answers) {
        long wanted = run.scope() instanceof Scope.Total total ? total.rows() : expected.rows();
        long found = SummaryRows.count(answers);
        if (wanted != found) {
            throw new CaravanException(
                    Category.VERIFY,
                    "Read through " + engine.point().label() + ", table " + table + " has " + found + " rows"
                            + (run.scope() instanceof Scope.Total ? "" : " with the run's keys") + " instead of "
                            + wanted + ", which it had when run " + run.id() + " was published.");
        }
        return found;
    }

    private static List<String> differences(Columns columns, Digest queried, Digest found) {
        if (queried.equals(found)) {
            return List.of();
        }
        List<String> differences = new ArrayList<>();
        for (int column : queried.differingColumns(found)) {
            differences.add("column '" + columns.get(column).name() + "' digest: "
                    + queried.columns().get(column) + " queried, "
                    + found.columns().get(column) + " found");
        }
        if (differences.isEmpty()) {
            differences.add("the rows' digest: " + queried + " queried, " + found
                    + " found, although each column's is the same: values stand in other rows");
        }
        return differences;
    }

    private String difference(TableName table, List<String> differences) {
        int shown = Math.min(MOST_DIFFERENCES_SHOWN, differences.size());
        String more = differences.size() > shown ? "; and " + (differences.size() - shown) + " more" : "";
        return "Read through " + engine.point().label() + ", table " + table + " is not what was queried: "
                + String.join("; ", differences.subList(0, shown)) + more + ".";
    }

    /** One row for each statement: the answer of {@code camel-jdbc} is a list of rows, each a map by column label. */
    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> answers(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof List<?> statements)) {
            throw new CaravanException(
                    Category.CONFIG,
                    "caravan-verify:compare expects a list of answers, one a statement; collect them in the split with"
                            + " GroupedBodyAggregationStrategy.");
        }
        List<Map<String, Object>> answers = new ArrayList<>();
        for (Object answer : statements) {
            if (answer instanceof List<?> rows && rows.size() == 1 && rows.get(0) instanceof Map<?, ?> row) {
                answers.add((Map<String, Object>) row);
            } else {
                throw new CaravanException(
                        Category.VERIFY, "A verification statement was not answered by one row: " + answer);
            }
        }
        return answers;
    }
}
