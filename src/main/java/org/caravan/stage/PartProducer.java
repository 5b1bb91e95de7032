package org.caravan.stage;

import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.SynchronizationAdapter;
import org.caravan.format.FormatConstants;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;

/** Sets the body to the encoded part's file and the header to its S3 key; the file is deleted when the part's exchange is over. */
final class PartProducer extends DefaultProducer {
    PartProducer(StageEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public void process(Exchange exchange) {
        if (!(exchange.getProperty(FormatConstants.PART) instanceof Part part)) {
            throw new CaravanException(
                    Category.CONFIG,
                    "caravan-stage:part in route '" + exchange.getFromRouteId()
                            + "' found no encoded part; put it right after marshal, in the split over caravan-stage:parts.");
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange done) {
                part.done();
            }

            @Override
            public void onFailure(Exchange failed) {
                Exception cause = failed.getException();
                part.failed(cause != null ? cause : new IllegalStateException(part + " failed"));
            }
        });
        exchange.getMessage().setHeader(AWS2S3Constants.KEY, part.key());
        exchange.getMessage().setBody(part.file().toFile());
    }
}
