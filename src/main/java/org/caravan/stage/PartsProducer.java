package org.caravan.stage;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.schema.RowStream;
import org.caravan.verify.TableSummary;
import org.caravan.verify.VerifyConstants;
import org.caravan.verify.digest.Sample;

/** Sets the body, a stream of rows, to an iterator of parts. */
final class PartsProducer extends DefaultProducer {
    private final StageEndpoint endpoint;

    PartsProducer(StageEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) {
        Run run = Runs.current(exchange, getEndpoint().getEndpointUri());
        if (!(exchange.getMessage().getBody() instanceof RowStream rows)) {
            throw new CaravanException(
                    Category.CONFIG,
                    "caravan-stage:parts of pipeline '" + run.pipeline()
                            + "' needs a stream of rows as its body, but has "
                            + exchange.getMessage().getBody() + "; put it right after caravan-query.");
        }
        if (!endpoint.getBucket().isBlank()) {
            // A refused upload of a large part shows as a broken pipe, since the server answers before it has read the
            // part.
            endpoint.findS3().headBucket(request -> request.bucket(endpoint.getBucket()));
        }
        TableSummary summary = run.recovery()
                .resumption()
                .map(resumption ->
                        TableSummary.restored(rows.columns(), resumption.files().expected()))
                .orElseGet(() -> new TableSummary(rows.columns(), new Sample(endpoint.getSample())));
        // A run that goes on is verified by what was measured before, whatever the setting says now.
        run.proof().setSample(summary.sample().oneIn());
        exchange.setProperty(VerifyConstants.EXPECTED, summary);
        RunFolder folder = RunFolder.open(endpoint.directoryPath(), run.id());
        run.onClose(folder::close);
        TemporarySpace.check(folder.path(), endpoint.options());
        Parts parts =
                new Parts(run, rows, summary, Keys.of(endpoint.getPrefix(), run), folder.path(), endpoint.options());
        run.recovery().stop().onRequest(parts::stop);
        // Freed first, as it came last.
        run.onClose(parts::close);
        exchange.getMessage().setBody(parts);
    }
}
