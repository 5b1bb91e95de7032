package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What the API answers: logging in, sessions as databricks-jdbc uses them, the Statement Execution API, the little of the secrets
 * and warehouses APIs that is needed, and the sandbox's own orders, which only an administrator may give. Thread-safe.
 */
final class ApiRoutes {
    private final Identities identities;
    private final TokenEndpoint tokens;
    private final WarehouseApi warehouse;
    private final Statements statements;
    private final ResultLinks links;
    private final Secrets secrets;
    private final Faults faults;

    ApiRoutes(
            Identities identities,
            WarehouseApi warehouse,
            Statements statements,
            ResultLinks links,
            Secrets secrets,
            Faults faults) {
        this.identities = identities;
        this.tokens = new TokenEndpoint(identities);
        this.warehouse = warehouse;
        this.statements = statements;
        this.links = links;
        this.secrets = secrets;
        this.faults = faults;
    }

    Reply answer(Call call) throws InterruptedException {
        switch (call.method() + " " + call.path()) {
            case "GET " + TokenEndpoint.DISCOVERY -> {
                return tokens.discovery(call.host());
            }
            case "POST " + TokenEndpoint.TOKEN -> {
                return tokens.token(call.authorization(), call.text());
            }
            default -> {}
        }
        return switch (call.parts().get(0)) {
            case "api" -> api(call, identities.of(call.authorization()));
            case "sandbox" -> sandbox(call, identities.of(call.authorization()));
            case ResultLinks.PATH -> links.download(call, statements);
            default -> throw call.noSuchApi();
        };
    }

    private Reply sandbox(Call call, Principal principal) {
        if (!principal.isAdmin()) {
            throw new ApiError(403, "PERMISSION_DENIED", "Only an administrator orders the sandbox.");
        }
        return switch (call.method() + " " + call.path()) {
            case "POST /sandbox/faults" -> {
                faults.order(call.body());
                yield Reply.empty();
            }
            case "POST /sandbox/principals" -> addPrincipal(call.body());
            default -> throw call.noSuchApi();
        };
    }

    /** Adds a user: {@code {"name":…,"token":…,"secret":…}}; what is left out is made up. */
    private Reply addPrincipal(JsonNode body) {
        String name = body.path("name").asText("");
        if (name.isBlank()) {
            throw ApiError.badRequest("A principal needs a name.");
        }
        String token = text(body, "token").orElseGet(() -> "dapi" + Identities.random());
        String secret = text(body, "secret").orElseGet(() -> "dose" + Identities.random());
        identities.add(name, Principal.Role.USER, token);
        identities.secret(name, secret);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        return Reply.json(answer.put("name", name)
                .put("token", token)
                .put("client_id", name)
                .put("client_secret", secret));
    }

    private static Optional<String> text(JsonNode body, String key) {
        return body.hasNonNull(key) ? Optional.of(body.get(key).asText()) : Optional.empty();
    }

    private Reply api(Call call, Principal principal) throws InterruptedException {
        faults.strike();
        if (call.path().startsWith("/api/2.0/sql/") && call.parts().size() > 3) {
            Call below = call.below(3);
            switch (below.parts().get(0)) {
                case "sessions" -> {
                    return warehouse.session(below, principal);
                }
                case "statements" -> {
                    return statement(below, principal);
                }
                case "warehouses" -> {
                    return warehouse.answer(below, principal);
                }
                default -> throw call.noSuchApi();
            }
        }
        JsonNode body = call.body();
        switch (call.method() + " " + call.path()) {
            case "POST /api/2.0/secrets/scopes/create" ->
                secrets.createScope(body.path("scope").asText());
            case "POST /api/2.0/secrets/put" ->
                secrets.put(
                        body.path("scope").asText(),
                        body.path("key").asText(),
                        body.path("string_value").asText());
            default -> throw call.noSuchApi();
        }
        return Reply.empty();
    }

    private Reply statement(Call call, Principal principal) throws InterruptedException {
        if (call.is("POST", 1)) {
            warehouse.check(call.body().path("warehouse_id").asText());
            return faults.hold(statements.execute(call.body(), principal).response(links));
        }
        if (call.parts().size() < 2) {
            throw call.noSuchApi();
        }
        StatementRun run = statements.get(call.parts().get(1), principal);
        if (call.is("GET", 2)) {
            return faults.hold(run.response(links));
        }
        if (call.is("DELETE", 2)) {
            statements.close(run);
            return Reply.empty();
        }
        if (call.is("POST", 3) && call.parts().get(2).equals("cancel")) {
            run.cancel();
            return Reply.empty();
        }
        if (call.is("GET", 5) && call.parts().get(2).equals("result")) {
            return Reply.json(run.chunk(index(call.parts().get(4)), links));
        }
        throw call.noSuchApi();
    }

    private static int index(String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw ApiError.badRequest("Chunk index must be a number, found " + text);
        }
        return Integer.parseInt(text);
    }
}
