package org.caravan.redshift;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.KeyRule;
import org.caravan.ledger.Proof;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Step;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;
import org.caravan.schema.TableName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the run's parts into its staging table, which is dropped when the run is over. */
final class LoadProducer extends DefaultProducer {
    private static final Logger LOG = LoggerFactory.getLogger(LoadProducer.class);

    private final RedshiftEndpoint endpoint;

    LoadProducer(RedshiftEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) {
        if (Runs.keepsTarget(exchange)) {
            return;
        }
        Run run = Runs.current(exchange, getEndpoint().getEndpointUri());
        run.end(Step.STAGE);
        run.begin(Step.LOAD);
        endpoint.checkRole(run.pipeline());
        Columns columns = run.columns()
                .orElseThrow(() -> new CaravanException(
                        Category.CONFIG, "Pipeline '" + run.pipeline() + "' loads before it has queried."));
        // An empty result has no file, and COPY is not asked.
        Columns staged = run.fileFormat().map(FileFormat::staged).orElse(columns);
        settleEarlierRuns(run);
        TableName staging =
                run.recovery().retries().call(Step.LOAD, attempt -> load(run, staged, keyRules(exchange), attempt));
        run.setTable(staging, staged);
        run.proof()
                .evidence()
                .setRowFinder(new DifferingRows(endpoint.warehouse(), endpoint.loader(), run, staging, staged));
        run.proof().setTypes(Proof.Place.STAGING, RedshiftTypes.of(staged));
        run.end(Step.LOAD);
    }

    private TableName load(Run run, Columns staged, List<KeyRule> keys, int attempt) {
        TableName staging = RunTables.of(endpoint.getStagingSchema(), run, attempt);
        try (Session session = Session.open(endpoint.warehouse(), run, Step.LOAD)) {
            FreeSpace.check(session, run, endpoint.getMinFreePercent());
            RunTables.dropWhenOver(endpoint.warehouse(), run, staging);
            long rows = endpoint.loader().load(session, run, staging, staged, keys);
            LOG.info("{} run {}: {} rows copied into {}", run.pipeline(), run.id(), rows, staging);
        }
        return staging;
    }

    /** Finds out what became of the pipeline's runs before this one, and drops what they left in Redshift. */
    private void settleEarlierRuns(Run run) {
        if (run.recovery().resumption().isPresent()) {
            // Whether it is published itself is asked again when it is to be published.
            run.recovery().retries().call(Step.LOAD, attempt -> settle(run, run.id()));
        }
        for (RunId earlier : run.recovery().earlier().unsettled()) {
            Optional<String> target = run.recovery().retries().call(Step.LOAD, attempt -> settle(run, earlier));
            LOG.info(
                    "{} run {}: run {} before it {}",
                    run.pipeline(),
                    run.id(),
                    earlier,
                    target.map(table -> "was published to " + table).orElse("was not published"));
            target.ifPresent(table -> run.recovery().setPublished(earlier, table));
            run.recovery().earlier().settle(earlier, target);
        }
    }

    private Optional<String> settle(Run run, RunId earlier) {
        try (Session session = Session.open(endpoint.warehouse(), run, Step.LOAD)) {
            return RunTables.settle(
                            session,
                            endpoint.getStagingSchema(),
                            run.pipeline(),
                            earlier,
                            Duration.ofMillis(endpoint.getLockWait()))
                    .map(Publication::target);
        }
    }

    /** What a guard before this step has left to it. */
    @SuppressWarnings("unchecked")
    private static List<KeyRule> keyRules(Exchange exchange) {
        return exchange.getProperty(KeyRule.PROPERTY, List.of(), List.class);
    }
}
