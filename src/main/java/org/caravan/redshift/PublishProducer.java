package org.caravan.redshift;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Step;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the run's staging table, if it was verified. */
final class PublishProducer extends DefaultProducer {
    private static final Logger LOG = LoggerFactory.getLogger(PublishProducer.class);

    private final RedshiftEndpoint endpoint;

    PublishProducer(RedshiftEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) {
        Run run = Runs.current(exchange, getEndpoint().getEndpointUri());
        run.begin(Step.PUBLISH);
        TableName staging = run.table()
                .orElseThrow(() -> new CaravanException(
                        Category.CONFIG,
                        "Pipeline '" + run.pipeline()
                                + "' publishes before it loads; put caravan-redshift:load before it."));
        if (endpoint.needsEvidence()) {
            checkEvidence(run, staging);
        }
        TableName target = endpoint.target(run);
        long expected = run.rows(Point.COPIED).orElse(0);
        Columns columns = run.columns().orElseThrow();
        try (Session session = Session.open(endpoint.findDataSource(), endpoint.settings(), run, Step.PUBLISH)) {
            Publisher.replace(session, run, staging, run.tableColumns().orElseThrow(), target, expected);
        }
        run.setTable(target, columns);
        run.setPublished(target);
        run.end(Step.PUBLISH);
        LOG.info("{} run {}: {} rows published to {}", run.pipeline(), run.id(), expected, target);
    }

    private static void checkEvidence(Run run, TableName staging) {
        List<String> missing = new ArrayList<>();
        for (Point point : List.of(Point.REDSHIFT, Point.DATABRICKS)) {
            if (!run.isVerified(staging, point)) {
                missing.add(point.label());
            }
        }
        if (!missing.isEmpty()) {
            throw new CaravanException(
                    Category.PUBLISH,
                    "Run " + run.id() + " is not published: its staging table " + staging + " was not verified in "
                            + String.join(" and ", missing)
                            + ". Let the route call direct:verify before caravan-redshift:publish, or say verify=none there.");
        }
    }
}
