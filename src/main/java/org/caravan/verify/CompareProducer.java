package org.caravan.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Evidence.Compared;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Scope;
import org.caravan.ledger.Step;
import org.caravan.ledger.Verification;
import org.caravan.ledger.Warning;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;
import org.caravan.verify.digest.Digest;
import org.caravan.verify.digest.DigestAnswers;
import org.caravan.verify.digest.DigestSql;
import org.caravan.verify.digest.Excluded;
import org.caravan.verify.digest.Sample;
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
        List<Map<String, Object>> answers = Answers.of(exchange.getMessage().getBody());
        Set<Compared> compared = run.scope().hasValues()
                ? compareValues(run, table, expected, answers)
                : compareRows(run, table, expected, answers);
        run.proof().evidence().add(table, engine.point(), compared, run.proof().sample());
        run.proof().verified(verification(run, table, expected, compared));
        run.end(Step.VERIFY);
        LOG.info(
                "{} run {}: {} verified in {}: {}{}",
                run.pipeline(),
                run.id(),
                table,
                engine.point().label(),
                compared.contains(Compared.SAMPLE)
                        ? compared + " 1/" + run.proof().sample()
                        : compared,
                run.scope().hasValues() ? "" : " (counted only: the mode keeps values that the run has not)");
    }

    private Verification verification(Run run, TableName table, TableSummary expected, Set<Compared> compared) {
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
                compared,
                wanted(run, expected),
                Optional.ofNullable(run.digests().get(engine.point())).filter(found -> digest),
                excluded,
                run.proof().asked(engine.point()));
    }

    private Set<Compared> compareValues(
            Run run, TableName table, TableSummary expected, List<Map<String, Object>> answers) {
        Columns columns = run.tableColumns().orElseThrow();
        Set<Compared> compared = EnumSet.of(Compared.ROWS);
        List<String> differences = new ArrayList<>();
        int summaries = Math.min(answers.size(), endpoint.summaries(columns));
        Digest queried = expected.digest(columns);
        run.digest(Point.FILES, queried.toString());
        if (endpoint.comparesValues()) {
            TableFacts facts = new SummaryRows(columns, answers.subList(0, summaries)).facts();
            differences.addAll(facts.differencesFrom(expected.facts()));
            run.count(engine.point(), facts.rows());
            compared.add(Compared.VALUES);
        }
        if (endpoint.asksDigest()) {
            Sample sample = expected.sample();
            int counts = endpoint.counts(sample) ? 1 : 0;
            if (counts > 0) {
                countRows(run, expected, answers.subList(0, counts), differences);
            }
            Digest digest = DigestAnswers.read(columns, sample, answers.subList(summaries + counts, answers.size()));
            run.digest(engine.point(), digest.toString());
            for (Excluded excluded : DigestSql.excluded(columns)) {
                LOG.warn("{} run {}: the digest of {} leaves out {}", run.pipeline(), run.id(), table, excluded);
            }
            if (sample.isAll()) {
                run.count(engine.point(), digest.rows());
            } else if (queried.rows() == 0 && expected.rows() > 0) {
                warnOfNoSample(run, expected.rows(), sample);
            }
            DigestDifferences.of(columns, queried, digest).stream()
                    .filter(difference -> !differences.contains(difference))
                    .forEach(differences::add);
            compared.add(sample.isAll() ? Compared.DIGEST : Compared.SAMPLE);
        }
        if (!endpoint.comparesValues() && !endpoint.asksDigest()) {
            countRows(run, expected, answers, differences);
        }
        if (!differences.isEmpty()) {
            run.proof().differs(differences.size());
            throw new CaravanException(Category.VERIFY, difference(table, differences) + rows(run, table));
        }
        return compared;
    }

    /** Once a run: the rows of the staging table and of the target are the same, in either engine. */
    private static void warnOfNoSample(Run run, long rows, Sample sample) {
        Warning warning = new Warning(
                "verify.sample",
                "none of the " + rows + " rows is in the sample of " + sample
                        + ", so that its digest compares no value. Few different values in the columns by which rows are"
                        + " chosen, or a sample too thin for so few rows; lower verify.sample.");
        if (!run.warnings().list().contains(warning)) {
            LOG.warn("{} run {}: {}", run.pipeline(), run.id(), warning);
            run.warnings().add(warning);
        }
    }

    private void countRows(
            Run run, TableSummary expected, List<Map<String, Object>> answers, List<String> differences) {
        long rows = SummaryRows.count(answers);
        run.count(engine.point(), rows);
        if (rows != expected.rows()) {
            differences.add(DigestDifferences.rows(expected.rows(), rows));
        }
    }

    /** The run's own count stands where it was measured last; that of a table that holds others' rows too would mislead. */
    private Set<Compared> compareRows(
            Run run, TableName table, TableSummary expected, List<Map<String, Object>> answers) {
        long wanted = wanted(run, expected);
        long found = SummaryRows.count(answers);
        if (wanted != found) {
            run.proof().differs(1);
            throw new CaravanException(
                    Category.VERIFY,
                    "Read through " + engine.point().label() + ", table " + table + " has " + found + " rows"
                            + (run.scope() instanceof Scope.Total ? "" : " with the run's keys") + " instead of "
                            + wanted + ", which it had when run " + run.id() + " was published.");
        }
        return EnumSet.of(Compared.ROWS);
    }

    /** How many rows the table has if nothing differs. */
    private static long wanted(Run run, TableSummary expected) {
        return run.scope() instanceof Scope.Total total ? total.rows() : expected.rows();
    }

    /** The rows that differ, if that is asked for and somebody can find them. */
    private String rows(Run run, TableName table) {
        return run.proof()
                .evidence()
                .rowFinder()
                .filter(finder -> endpoint.getShowRows() > 0)
                .map(finder -> " " + finder.find(table, endpoint.getShowRows()))
                .orElse("");
    }

    private String difference(TableName table, List<String> differences) {
        int shown = Math.min(MOST_DIFFERENCES_SHOWN, differences.size());
        String more = differences.size() > shown ? "; and " + (differences.size() - shown) + " more" : "";
        return "Read through " + engine.point().label() + ", table " + table + " is not what was queried: "
                + String.join("; ", differences.subList(0, shown)) + more + ".";
    }
}
