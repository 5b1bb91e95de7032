package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The REST API over plain HTTP on the loopback interface: sessions as databricks-jdbc uses them, the Statement Execution API
 * and the little of the secrets API that federation needs. Thread-safe; the owner closes it.
 */
final class ApiServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SQL = "/api/2.0/sql/";

    private final HttpServer http;
    private final ExecutorService threads;
    private final String warehouse;
    private final byte[] authorization;
    private final Sessions sessions;
    private final Statements statements;
    private final Secrets secrets;
    private final Faults faults = new Faults();

    private ApiServer(
            HttpServer http,
            String warehouse,
            String token,
            Sessions sessions,
            Statements statements,
            Secrets secrets) {
        this.http = http;
        this.warehouse = warehouse;
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.sessions = sessions;
        this.statements = statements;
        this.secrets = secrets;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "api");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts to listen; port 0 takes a free one. */
    static ApiServer start(
            int port, String warehouse, String token, Sessions sessions, Statements statements, Secrets secrets)
            throws IOException {
        // The JDK's server leaves Nagle's algorithm on, which costs 40 ms an answer (JDK-8014254).
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        ApiServer server = new ApiServer(http, warehouse, token, sessions, statements, secrets);
        http.setExecutor(server.threads);
        http.createContext("/", server::handle);
        http.start();
        return server;
    }

    int port() {
        return http.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int status = 200;
            ObjectNode answer;
            try {
                authorize(exchange);
                answer = route(exchange, body);
            } catch (ApiError e) {
                status = e.status();
                answer = error(e.code(), e.getMessage());
            } catch (IOException e) {
                status = 400;
                answer = error("MALFORMED_REQUEST", "The request body is not JSON: " + e.getMessage());
            } catch (InterruptedException e) {
                status = 503;
                answer = error("TEMPORARILY_UNAVAILABLE", "The warehouse is stopping.");
            } catch (RuntimeException e) {
                e.printStackTrace();
                status = 500;
                answer = error("INTERNAL_ERROR", e.toString());
            }
            send(exchange, status, answer);
        }
    }

    private void authorize(HttpExchange exchange) {
        if (!exchange.getRequestURI().getPath().matches("/(api|sandbox)/.*")) {
            throw ApiError.notFound("No API at " + exchange.getRequestURI().getPath());
        }
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null) {
            throw new ApiError(
                    401, "UNAUTHENTICATED", "Credential was not sent or was of an unsupported type for this API.");
        }
        if (!MessageDigest.isEqual(authorization, header.getBytes(StandardCharsets.UTF_8))) {
            throw new ApiError(403, "PERMISSION_DENIED", "Invalid access token.");
        }
    }

    private ObjectNode route(HttpExchange exchange, byte[] bytes) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath().replaceFirst("/+$", "");
        JsonNode body = bytes.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(bytes);
        if (path.equals("/sandbox/faults")) {
            faults.order(body);
            if (body.path("drop_sessions").asBoolean()) {
                sessions.closeAll();
            }
            return JsonNodeFactory.instance.objectNode();
        }
        faults.strike();
        String method = exchange.getRequestMethod();
        if (path.startsWith(SQL)) {
            List<String> parts = Arrays.asList(path.substring(SQL.length()).split("/"));
            switch (parts.get(0)) {
                case "sessions":
                    return session(method, parts, body);
                case "statements":
                    return statement(method, parts, body);
                case "warehouses":
                    return warehouse(method, parts, body);
                default:
            }
        }
        switch (method + " " + path) {
            case "POST /api/2.0/secrets/scopes/create":
                secrets.createScope(body.path("scope").asText());
                return JsonNodeFactory.instance.objectNode();
            case "POST /api/2.0/secrets/put":
                secrets.put(
                        body.path("scope").asText(),
                        body.path("key").asText(),
                        body.path("string_value").asText());
                return JsonNodeFactory.instance.objectNode();
            default:
                throw new ApiError(404, "ENDPOINT_NOT_FOUND", "No API found for '" + method + " " + path + "'");
        }
    }

    private ObjectNode warehouse(String method, List<String> parts, JsonNode body) {
        if (parts.size() < 2) {
            throw ApiError.badRequest("Listing warehouses is not offered by the sandbox.");
        }
        checkWarehouse(parts.get(1));
        if (parts.size() == 2 && method.equals("GET")) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("id", warehouse)
                    .put("name", warehouse)
                    .put("state", "RUNNING");
        }
        if (parts.size() > 2 && parts.get(2).equals("sessions")) {
            // The driver says the warehouse in the path since 3.4.5, and in the body before.
            return parts.size() == 3 && method.equals("POST")
                    ? opened(body)
                    : session(method, parts.subList(2, parts.size()), body);
        }
        throw new ApiError(
                404, "ENDPOINT_NOT_FOUND", "No API found for '" + method + " " + String.join("/", parts) + "'");
    }

    private ObjectNode session(String method, List<String> parts, JsonNode body) {
        if (method.equals("POST") && parts.size() == 1) {
            checkWarehouse(body.path("warehouse_id").asText());
            return opened(body);
        }
        if (method.equals("DELETE") && parts.size() == 2) {
            sessions.close(parts.get(1));
            return JsonNodeFactory.instance.objectNode();
        }
        throw new ApiError(
                404, "ENDPOINT_NOT_FOUND", "No API found for '" + method + " " + String.join("/", parts) + "'");
    }

    private ObjectNode opened(JsonNode body) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("session_id", sessions.open(body).id());
    }

    private ObjectNode statement(String method, List<String> parts, JsonNode body) throws InterruptedException {
        String shape = method + " " + parts.size() + (parts.size() > 2 ? " " + parts.get(2) : "");
        switch (shape) {
            case "POST 1":
                checkWarehouse(body.path("warehouse_id").asText());
                return faults.hold(statements.execute(body));
            case "GET 2":
                return faults.hold(statements.get(parts.get(1)).response());
            case "DELETE 2":
                statements.close(parts.get(1));
                return JsonNodeFactory.instance.objectNode();
            case "POST 3 cancel":
                statements.get(parts.get(1)).cancel();
                return JsonNodeFactory.instance.objectNode();
            case "GET 5 result":
                return statements.get(parts.get(1)).chunk(index(parts.get(4)));
            default:
                throw new ApiError(
                        404, "ENDPOINT_NOT_FOUND", "No API found for '" + method + " " + String.join("/", parts) + "'");
        }
    }

    private static int index(String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw ApiError.badRequest("Chunk index must be a number, found " + text);
        }
        return Integer.parseInt(text);
    }

    private void checkWarehouse(String id) {
        if (!id.equals(warehouse)) {
            throw new ApiError(
                    404,
                    "RESOURCE_DOES_NOT_EXIST",
                    "SQL warehouse " + id + " was not found; here is only " + warehouse + ".");
        }
    }

    private static ObjectNode error(String code, String message) {
        return JsonNodeFactory.instance.objectNode().put("error_code", code).put("message", message);
    }

    private static void send(HttpExchange exchange, int status, ObjectNode answer) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (status == 503) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
