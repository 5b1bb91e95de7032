package org.caravan.sandbox.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.util.Fields;

/**
 * What a request asks for.
 *
 * @param key the object's key, or the prefix that a list is limited to; else empty
 * @param ofObject whether it addresses an object, not a bucket
 * @param part the number of the part that it uploads
 * @param length the bytes of what it stores, without what aws-chunked encoding adds to its body; 0 if there are none or it does not say
 */
record S3Request(String method, String key, boolean ofObject, Optional<Integer> part, long length) {
    static S3Request of(Request request) {
        String path = request.getHttpURI().getPath();
        int slash = path.indexOf('/', 1);
        boolean ofObject = slash > 0 && slash < path.length() - 1;
        Fields query = Request.extractQueryParameters(request);
        String key = ofObject
                ? decoded(path.substring(slash + 1))
                : Optional.ofNullable(query.getValue("prefix")).orElse("");
        long sent = request.getHeaders().getLongField("Content-Length");
        long decoded = request.getHeaders().getLongField("x-amz-decoded-content-length");
        long length = Math.max(0, decoded < 0 ? sent : decoded);
        return new S3Request(request.getMethod(), key, ofObject, part(request.getMethod(), query), length);
    }

    private static Optional<Integer> part(String method, Fields query) {
        return Optional.ofNullable(query.getValue("partNumber"))
                .filter(text -> method.equals("PUT") && text.matches("\\d{1,9}"))
                .map(Integer::valueOf);
    }

    /** A plus sign in a path is one. */
    private static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
