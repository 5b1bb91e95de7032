package org.caravan.sandbox.host;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/**
 * Where a supervisor takes orders while its sandbox is up, on the loopback address, from whoever knows the token: {@code POST
 * /kill/NAME} and {@code POST /restart/NAME}, one at a time. The owner closes it.
 */
final class SupervisorServer implements AutoCloseable {
    /** What the orders do; the answer is what is then known of the stand-in. */
    interface Orders {
        /** @throws SandboxFailure if the stand-in does not run */
        StandInState kill(String standIn);

        /** @throws SandboxFailure if it does not start */
        StandInState restart(String standIn);

        boolean knows(String standIn);
    }

    private final HttpServer http;
    private final byte[] authorization;
    private final Orders orders;

    private SupervisorServer(HttpServer http, String token, Orders orders) {
        this.http = http;
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.orders = orders;
    }

    static SupervisorServer start(String token, Orders orders) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            SupervisorServer server = new SupervisorServer(http, token, orders);
            http.createContext("/", server::handle);
            http.start();
            return server;
        } catch (IOException e) {
            throw new SandboxFailure("the supervisor cannot listen: " + e.getMessage(), e);
        }
    }

    int port() {
        return http.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (given == null || !MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8))) {
                send(exchange, 401, Map.of("error", "the token is missing or wrong"));
                return;
            }
            String[] path = exchange.getRequestURI().getPath().split("/");
            boolean isOrder = exchange.getRequestMethod().equals("POST") && path.length == 3;
            if (!isOrder || !orders.knows(path[2])) {
                send(exchange, 404, Map.of("error", "there are POST /kill/NAME and POST /restart/NAME"));
                return;
            }
            try {
                switch (path[1]) {
                    case "kill" -> send(exchange, 200, orders.kill(path[2]));
                    case "restart" -> send(exchange, 200, orders.restart(path[2]));
                    default -> send(exchange, 404, Map.of("error", "there is no order " + path[1]));
                }
            } catch (SandboxFailure e) {
                send(exchange, 409, Map.of("error", e.getMessage()));
            }
        }
    }

    private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] bytes = Json.line(answer).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
