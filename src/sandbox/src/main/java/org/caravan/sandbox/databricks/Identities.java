package org.caravan.sandbox.databricks;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Who may log in, and by what: personal access tokens, and OAuth tokens for the client secrets of service principals. The client
 * id of a service principal is its name here; in Databricks both are its application id. Thread-safe.
 */
final class Identities {
    /** What is known of a token. */
    private record Token(Principal principal, Kind kind, Instant expiry) {}

    private enum Kind {
        PERSONAL,
        OAUTH
    }

    /** An access token as the token endpoint gives it. */
    record Issued(String token, Duration lifetime) {}

    private final Clock clock;
    private final Map<String, Principal> principals = new HashMap<>();
    private final Map<String, String> secrets = new HashMap<>();
    private final Map<String, Token> tokens = new HashMap<>();
    // "Databricks OAuth access tokens are valid for one hour" (docs.databricks.com/aws/dev-tools/auth/oauth-m2m).
    private Duration lifetime = Duration.ofHours(1);

    Identities(Clock clock) {
        this.clock = clock;
    }

    /** Adds a principal, or gives one that is there another token; its role stays. */
    synchronized Principal add(String name, Principal.Role role, String token) {
        Principal principal = principals.computeIfAbsent(name, key -> new Principal(key, role));
        tokens.put(token, new Token(principal, Kind.PERSONAL, Instant.MAX));
        return principal;
    }

    /** Gives a principal the secret with which it asks for OAuth tokens. */
    synchronized void secret(String name, String secret) {
        secrets.put(name, secret);
    }

    /** Whether privileges can be granted to this name. */
    synchronized boolean knows(String name) {
        return principals.containsKey(name) || name.equals(Grants.EVERYONE);
    }

    /** A new OAuth token, or nothing when the secret is not the client's. */
    synchronized Optional<Issued> issue(String client, String secret) {
        String known = secrets.get(client);
        if (known == null || !equal(known, secret)) {
            return Optional.empty();
        }
        String token = "oauth-" + random();
        tokens.put(
                token,
                new Token(principals.get(client), Kind.OAUTH, clock.instant().plus(lifetime)));
        return Optional.of(new Issued(token, lifetime));
    }

    /** How long OAuth tokens made from now on are valid. */
    synchronized void lifetime(Duration time) {
        lifetime = time;
    }

    /** Ends every OAuth token at once. */
    synchronized void expireOAuth() {
        tokens.replaceAll((text, token) ->
                token.kind() == Kind.OAUTH ? new Token(token.principal(), Kind.OAUTH, Instant.MIN) : token);
    }

    /**
     * Who sends a request with this {@code Authorization} header.
     *
     * @throws ApiError when it is nobody, in the words of Databricks
     */
    synchronized Principal of(Optional<String> authorization) {
        String header = authorization.orElseThrow(
                () -> new ApiError(401, "401", "Credential was not sent or was of an unsupported type for this API."));
        if (!header.startsWith("Bearer ")) {
            throw new ApiError(401, "401", "Credential was not sent or was of an unsupported type for this API.");
        }
        Token token = tokens.get(header.substring("Bearer ".length()));
        if (token == null) {
            throw new ApiError(403, "403", "Invalid access token.");
        }
        if (!clock.instant().isBefore(token.expiry())) {
            // As seen by a user: github.com/databricks/databricks-sdk-go, issue 1061.
            throw new ApiError(403, "403", "JWT has expired");
        }
        return token.principal();
    }

    static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static boolean equal(String known, String sent) {
        return MessageDigest.isEqual(known.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }
}
