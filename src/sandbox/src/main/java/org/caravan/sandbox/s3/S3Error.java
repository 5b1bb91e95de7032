package org.caravan.sandbox.s3;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/** An error of Amazon S3: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html. */
record S3Error(int status, String code, String message) {
    static final S3Error SLOW_DOWN = new S3Error(503, "SlowDown", "Please reduce your request rate.");
    static final S3Error INTERNAL =
            new S3Error(500, "InternalError", "We encountered an internal error. Please try again.");
    static final S3Error EXPIRED_TOKEN = new S3Error(400, "ExpiredToken", "The provided token has expired.");
    static final S3Error ACCESS_DENIED = new S3Error(403, "AccessDenied", "Access Denied");
    static final S3Error INVALID_TOKEN =
            new S3Error(400, "InvalidToken", "The provided token is malformed or otherwise invalid.");
    static final S3Error KEY_TOO_LONG = new S3Error(400, "KeyTooLongError", "Your key is too long");
    static final S3Error NOT_IMPLEMENTED =
            new S3Error(501, "NotImplemented", "A header you provided implies functionality that is not implemented");

    /** Answers a request with the error. */
    void answer(Request request, Response response, Callback callback) {
        String id =
                UUID.randomUUID().toString().replace("-", "").substring(0, 16).toUpperCase(Locale.ROOT);
        byte[] body = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                        + "</Message><RequestId>" + id + "</RequestId></Error>")
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.getHeaders().put("Content-Type", "application/xml");
        response.getHeaders().put("x-amz-request-id", id);
        response.getHeaders().put("Content-Length", body.length);
        boolean isHead = request.getMethod().equals("HEAD");
        response.write(true, ByteBuffer.wrap(isHead ? new byte[0] : body), callback);
    }
}
