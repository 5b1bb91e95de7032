package org.caravan.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A stand-in's control port, on the loopback address, for whoever knows the token ({@code Authorization: Bearer TOKEN}):
 * {@code GET /faults} lists what is ordered and what may be, {@code POST /faults} orders one, {@code DELETE /faults} takes all
 * back, {@code POST /halt} ends the process at once. The owner closes it.
 */
public final class ControlServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer http;
    private final ExecutorService threads;
    private final byte[] authorization;
    private final FaultDesk faults;
    private final Runnable halt;

    private ControlServer(HttpServer http, String token, FaultDesk faults, Runnable halt) {
        this.http = http;
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.faults = faults;
        this.halt = halt;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "control");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts to listen; port 0 takes a free one.
     *
     * @param halt ends the process and does not return
     */
    public static ControlServer start(int port, String token, FaultDesk faults, Runnable halt) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        ControlServer server = new ControlServer(http, token, faults, halt);
        http.setExecutor(server.threads);
        http.createContext("/", server::handle);
        http.start();
        return server;
    }

    public int port() {
        return http.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (given == null || !MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8))) {
                send(exchange, 401, Map.of("error", "the token is missing or wrong"));
                return;
            }
            String call =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            switch (call) {
                case "GET /faults" -> send(exchange, 200, list());
                case "POST /faults" -> order(exchange, body);
                case "DELETE /faults" -> {
                    faults.clear();
                    send(exchange, 200, list());
                }
                case "POST /halt" -> {
                    send(exchange, 202, Map.of("halting", true));
                    exchange.close();
                    halt.run();
                }
                default ->
                    send(
                            exchange,
                            404,
                            Map.of(
                                    "error",
                                    "there is no '" + call
                                            + "'; there are GET, POST and DELETE /faults, and POST /halt"));
            }
        }
    }

    private Map<String, Object> list() {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("ordered", faults.ordered());
        list.put("known", faults.known());
        return list;
    }

    private void order(HttpExchange exchange, byte[] body) throws IOException {
        try {
            send(exchange, 200, faults.order(read(body)));
        } catch (WrongOrder e) {
            send(exchange, 400, Map.of("error", e.getMessage(), "known", faults.known()));
        }
    }

    private static JsonNode read(byte[] body) throws WrongOrder {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new WrongOrder("an order is a JSON object: " + e.getMessage());
        }
    }

    private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
