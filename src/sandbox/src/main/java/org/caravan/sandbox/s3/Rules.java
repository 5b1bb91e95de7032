package org.caravan.sandbox.s3;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.gaul.shaded.org.eclipse.jetty.server.Request;

/** What Amazon S3 refuses and S3Proxy does not. */
final class Rules {
    /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html. */
    private static final int MAX_KEY_BYTES = 1024;

    private Rules() {}

    static Optional<S3Error> refusal(S3Request call, Request request) {
        // Nobody here gives out session tokens.
        if (request.getHeaders().contains("x-amz-security-token")
                || Optional.ofNullable(request.getHttpURI().getQuery())
                        .filter(query -> query.contains("X-Amz-Security-Token="))
                        .isPresent()) {
            return Optional.of(S3Error.INVALID_TOKEN);
        }
        if (call.ofObject() && call.key().getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
            return Optional.of(S3Error.KEY_TOO_LONG);
        }
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html: writes know If-None-Match: *
        // only.
        String unless = request.getHeaders().get("If-None-Match");
        boolean writes = call.method().equals("PUT") || call.method().equals("POST");
        return writes && unless != null && !unless.equals("*")
                ? Optional.of(S3Error.NOT_IMPLEMENTED)
                : Optional.empty();
    }
}
