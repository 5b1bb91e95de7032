package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * OAuth for machines: the discovery document and the token endpoint of a workspace
 * (docs.databricks.com/aws/dev-tools/auth/oauth-m2m, "Manually generate and use access tokens"; errors as in RFC 6749, 5.2).
 * Thread-safe.
 */
final class TokenEndpoint {
    static final String DISCOVERY = "/oidc/.well-known/oauth-authorization-server";
    static final String TOKEN = "/oidc/v1/token";

    private final Identities identities;

    TokenEndpoint(Identities identities) {
        this.identities = identities;
    }

    /** The discovery document; {@code host} is the Host header of the request. */
    Reply discovery(String host) {
        String base = "http://" + host + "/oidc";
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("issuer", base);
        document.put("authorization_endpoint", base + "/v1/authorize");
        document.put("token_endpoint", base + "/v1/token");
        document.putArray("scopes_supported").add("all-apis");
        document.putArray("grant_types_supported").add("client_credentials");
        document.putArray("token_endpoint_auth_methods_supported")
                .add("client_secret_basic")
                .add("client_secret_post");
        return Reply.json(document);
    }

    /** Gives a token for {@code grant_type=client_credentials&scope=all-apis} and the client's id and secret. */
    Reply token(Optional<String> authorization, String form) {
        Map<String, String> fields = fields(form);
        String grant = fields.getOrDefault("grant_type", "");
        if (!grant.equals("client_credentials")) {
            return refused(400, "unsupported_grant_type", "Unsupported grant type: " + grant);
        }
        String scope = fields.getOrDefault("scope", "");
        if (!scope.equals("all-apis")) {
            return refused(400, "invalid_scope", "The scope must be all-apis, found '" + scope + "'");
        }
        String[] client = authorization
                .filter(header -> header.startsWith("Basic "))
                .map(header -> basic(header.substring("Basic ".length())))
                .orElseGet(() ->
                        new String[] {fields.getOrDefault("client_id", ""), fields.getOrDefault("client_secret", "")});
        return identities
                .issue(client[0], client[1])
                .map(issued -> Reply.json(
                        200,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("access_token", issued.token())
                                .put("token_type", "Bearer")
                                .put("scope", "all-apis")
                                .put("expires_in", issued.lifetime().toSeconds())))
                .orElseGet(() -> refused(401, "invalid_client", "Client authentication failed"));
    }

    private static Reply refused(int status, String error, String description) {
        return Reply.json(
                status,
                JsonNodeFactory.instance.objectNode().put("error", error).put("error_description", description));
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String[] basic(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? new String[] {pair, ""}
                    : new String[] {decode(pair.substring(0, colon)), decode(pair.substring(colon + 1))};
        } catch (IllegalArgumentException e) {
            return new String[] {"", ""};
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
