package org.caravan.redshift;

import java.sql.SQLException;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.KeyRule;
import org.caravan.ledger.Proof;
import org.caravan.ledger.Run;
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
        TableName staging = Loader.stagingTable(endpoint.getStagingSchema(), run);
        try (Session session = Session.open(endpoint.warehouse(), run, Step.LOAD)) {
            FreeSpace.check(session, run, endpoint.getMinFreePercent());
            dropWhenOver(run, staging);
            long rows = endpoint.loader().load(session, run, staging, staged, keyRules(exchange));
            LOG.info("{} run {}: {} rows copied into {}", run.pipeline(), run.id(), rows, staging);
        }
        run.setTable(staging, staged);
        run.proof()
                .evidence()
                .setRowFinder(new DifferingRows(endpoint.warehouse(), endpoint.loader(), run, staging, staged));
        run.proof().setTypes(Proof.Place.STAGING, RedshiftTypes.of(staged));
        run.end(Step.LOAD);
    }

    /** What a guard before this step has left to it. */
    @SuppressWarnings("unchecked")
    private static List<KeyRule> keyRules(Exchange exchange) {
        return exchange.getProperty(KeyRule.PROPERTY, List.of(), List.class);
    }

    private void dropWhenOver(Run run, TableName staging) {
        run.onClose(() -> {
            try (Session session = Session.open(endpoint.warehouse(), run, Step.LOAD)) {
                Publisher.dropStaging(session, staging);
            } catch (SQLException | CaravanException e) {
                LOG.warn(
                        "{} run {}: the staging table {} is left behind: {}",
                        run.pipeline(),
                        run.id(),
                        staging,
                        e.getMessage());
            }
        });
    }
}
