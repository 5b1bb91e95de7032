package org.caravan.sandbox.databricks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links to parts of results, signed and short-lived, as the disposition EXTERNAL_LINKS gives them: they are valid for at most 15
 * minutes, and whoever has one may read (docs.databricks.com/api/workspace/statementexecution, "EXTERNAL_LINKS"). A request with an
 * Authorization header is refused, as S3 refuses a request with two kinds of credentials. Thread-safe.
 */
final class ResultLinks {
    /** First part of the links' paths. */
    static final String PATH = "results";

    /** A link and its end. */
    record Link(String url, Instant expiration) {}

    private final Clock clock;
    private final SecretKeySpec key;
    private volatile Duration lifetime = Duration.ofMinutes(15);
    private volatile int port;

    ResultLinks(Clock clock) {
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, "HmacSHA256");
    }

    /** Where links point; set before the first one is made. */
    void port(int number) {
        port = number;
    }

    /** How long links made from now on are valid. */
    void lifetime(Duration time) {
        lifetime = time;
    }

    Link to(String statement, int chunk) {
        Instant end = clock.instant().plus(lifetime);
        String path = "/" + PATH + "/" + statement + "/" + chunk;
        String url = "http://127.0.0.1:" + port + path + "?expires=" + end.toEpochMilli() + "&signature="
                + sign(path, end.toEpochMilli());
        return new Link(url, end);
    }

    /** Answers a request for a link, with S3's errors. */
    Reply download(Call call, Statements statements) {
        String expires = call.query().getOrDefault("expires", "");
        if (!call.is("GET", 3) || !expires.matches("[0-9]{1,15}")) {
            return refused(403, "AccessDenied", "Access Denied");
        }
        if (call.authorization().isPresent()) {
            return refused(400, "InvalidArgument", "Only one auth mechanism allowed");
        }
        String signature = call.query().getOrDefault("signature", "");
        String expected = sign(call.path(), Long.parseLong(expires));
        if (!MessageDigest.isEqual(
                signature.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8))) {
            return refused(403, "SignatureDoesNotMatch", "The signature does not match.");
        }
        if (clock.millis() >= Long.parseLong(expires)) {
            return refused(403, "AccessDenied", "Request has expired");
        }
        return statements
                .find(call.parts().get(1))
                .flatMap(run -> run.file(Integer.parseInt(call.parts().get(2))))
                .map(file -> Reply.bytes(200, "application/octet-stream", file))
                .orElseGet(() -> refused(404, "NoSuchKey", "The specified key does not exist."));
    }

    private String sign(String path, long expires) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((path + "?" + expires).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is not there", e);
        }
    }

    private static Reply refused(int status, String code, String message) {
        String xml = "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>";
        return Reply.bytes(status, "application/xml", xml.getBytes(StandardCharsets.UTF_8));
    }
}
