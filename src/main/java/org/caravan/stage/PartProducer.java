package org.caravan.stage;

import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.support.DefaultProducer;
import org.caravan.format.FormatConstants;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;

/** Sets the body to the encoded part's file and the header to its S3 key. */
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
        UploadFailure.explainFor(exchange, part);
        exchange.getMessage().setHeader(AWS2S3Constants.KEY, part.key());
        exchange.getMessage().setBody(part.file().toFile());
    }
}
