package org.caravan.stage;

import java.net.URI;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Step;
import software.amazon.awssdk.core.exception.SdkException;

/** Adds to the AWS SDK's exception which part was being uploaded, and where, once the exchange has failed with it. */
final class UploadFailure extends SynchronizationAdapter {
    private final Part part;

    private UploadFailure(Part part) {
        this.part = part;
    }

    /** Watches an exchange that holds a part's file. */
    static void explainFor(Exchange exchange, Part part) {
        exchange.getExchangeExtension().addOnCompletion(new UploadFailure(part));
    }

    @Override
    public void onFailure(Exchange exchange) {
        sdkException(exchange.getException())
                .ifPresent(error -> exchange.setException(explained(bucket(exchange), error)));
    }

    private CaravanException explained(String bucket, SdkException error) {
        Failure why = new S3Explainer()
                .explain(error, Step.STAGE)
                .orElseGet(() -> new Failure(Category.STAGE, String.valueOf(error.getMessage())));
        String attempts = error.numAttempts() == null ? "" : " after " + attempts(error.numAttempts());
        return new CaravanException(
                why.category(),
                "Part " + part.number() + " (" + part.key() + ") was not uploaded to the bucket " + bucket + attempts
                        + ". " + why.message(),
                error);
    }

    private static String attempts(int count) {
        return count == 1 ? "1 attempt" : count + " attempts (setting s3.attempts)";
    }

    private static Optional<SdkException> sdkException(Throwable error) {
        Throwable cause = error;
        while (cause != null && !(cause instanceof CaravanException)) {
            if (cause instanceof SdkException found) {
                return Optional.of(found);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** Of the endpoint that the part was sent to last. */
    private static String bucket(Exchange exchange) {
        String endpoint = exchange.getProperty(Exchange.TO_ENDPOINT, String.class);
        return endpoint != null && endpoint.startsWith("aws2-s3:")
                ? Optional.ofNullable(URI.create(endpoint).getAuthority()).orElse(endpoint)
                : String.valueOf(endpoint);
    }
}
