package org.caravan.redshift;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Point;
import org.caravan.ledger.Proof;
import org.caravan.ledger.PublishedRows;
import org.caravan.ledger.Replaced;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Scope;
import org.caravan.ledger.Step;
import org.caravan.ledger.Warning;
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
        if (Runs.keepsTarget(exchange)) {
            return;
        }
        Run run = Runs.current(exchange, getEndpoint().getEndpointUri());
        run.begin(Step.PUBLISH);
        PublishRequest request = endpoint.request(run);
        if (request.options().mode() == PublishOptions.Mode.APPEND) {
            run.recovery().replaced().ifPresent(other -> checkIsNotThere(run, other));
        }
        if (endpoint.needsEvidence()) {
            checkEvidence(run, request.staging());
        }
        widenTexts(run, request).forEach(run.warnings()::add);
        Publisher.Result result = run.recovery()
                .retries()
                .call(Step.PUBLISH, attempt -> Transactions.publish(endpoint.warehouse(), run, request));
        run.setPublished(request.target());
        run.proof().evidence().published(request.loadLedger(), endpoint.needsFreshness());
        result.changes().forEach(run.warnings()::add);
        Publication publication = result.publication();
        run.proof().setPublication(rows(result), endpoint.needsEvidence());
        run.proof().setTypes(Proof.Place.TARGET, RedshiftTypes.of(request.columns()));
        LOG.info(
                "{} run {}: {} {} by {}: {} rows inserted, {} updated, {} deleted, {} in all",
                run.pipeline(),
                run.id(),
                result.wasThere() ? "was published already to" : "published to",
                publication.target(),
                publication.mode(),
                publication.inserted(),
                publication.updated(),
                publication.deleted(),
                publication.rowsAfter());
        Scope scope = run.recovery().retries().call(Step.PUBLISH, attempt -> afterwards(run, request, publication));
        run.setTable(request.target(), request.columns(), scope);
        run.end(Step.PUBLISH);
    }

    /** Whoever runs in the place of a run that is published already would add its rows once more. */
    private static void checkIsNotThere(Run run, Replaced other) {
        other.published().ifPresent(table -> {
            throw new CaravanException(
                    Category.PUBLISH,
                    "Run " + run.id() + " is not published: run " + other.run()
                            + ", in whose place it was begun, is published"
                            + " to " + table + " already, and mode=append would add the rows a second time. Run "
                            + other.run()
                            + " did not go on from its files, so that its rows are not verified after their"
                            + " publication: " + other.why() + ".");
        });
    }

    private List<Warning> widenTexts(Run run, PublishRequest request) {
        if (!request.options().schemaChange().allowed().contains(SchemaChange.Kind.WIDEN)) {
            return List.of();
        }
        try (Session session = Session.open(endpoint.warehouse(), run, Step.PUBLISH)) {
            try {
                return SchemaContract.of(request)
                        .widenTexts(session, request.options().lockWait());
            } catch (SQLException e) {
                throw session.failure(
                        Category.PUBLISH,
                        "Widening text columns of " + request.target() + " (its rows are as they were)",
                        e);
            }
        }
    }

    private static PublishedRows rows(Publisher.Result result) {
        Publication publication = result.publication();
        return new PublishedRows(
                publication.mode(),
                publication.target(),
                OptionalLong.empty(),
                result.wasThere(),
                publication.inserted(),
                publication.updated(),
                publication.deleted(),
                publication.rowsAfter());
    }

    /** Finds out which rows of the target are the run's, and renews the statistics. */
    private Scope afterwards(Run run, PublishRequest request, Publication publication) {
        try (Session session = Session.open(endpoint.warehouse(), run, Step.PUBLISH)) {
            try {
                Scope scope = PublishMode.of(request)
                        .scope(new LiveScript(session, request.options().lockWait()), publication.rowsAfter());
                session.rollback();
                Statistics.analyze(session, run, request);
                return scope;
            } catch (SQLException e) {
                throw session.failure(
                        Category.PUBLISH,
                        "Finding the rows of run " + run.id() + " in " + request.target()
                                + " (the run is published, and not verified)",
                        e);
            }
        }
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
