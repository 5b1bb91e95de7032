package org.caravan.sandbox.databricks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The REST API over plain HTTP on the loopback interface. Thread-safe; the owner closes it. */
final class ApiServer implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads;
    private final ApiRoutes routes;

    private ApiServer(HttpServer http, ApiRoutes routes) {
        this.http = http;
        this.routes = routes;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "api");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts to listen; port 0 takes a free one. */
    static ApiServer start(int port, ApiRoutes routes) throws IOException {
        // The JDK's server leaves Nagle's algorithm on, which costs 40 ms an answer (JDK-8014254).
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        ApiServer server = new ApiServer(http, routes);
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
            Reply reply;
            try {
                reply = routes.answer(Call.of(exchange));
            } catch (ApiError e) {
                reply = Reply.error(e);
            } catch (InterruptedException e) {
                reply = Reply.error(new ApiError(503, "TEMPORARILY_UNAVAILABLE", "The warehouse is stopping."));
            } catch (RuntimeException e) {
                e.printStackTrace();
                reply = Reply.error(new ApiError(500, "INTERNAL_ERROR", e.toString()));
            }
            send(exchange, reply);
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        if (reply.delivery() == Reply.Delivery.LOST) {
            return;
        }
        byte[] bytes = reply.body();
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        if (reply.status() == 503 || reply.status() == 429) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        int sent = reply.delivery() == Reply.Delivery.TRUNCATED ? bytes.length / 2 : bytes.length;
        exchange.getResponseBody().write(bytes, 0, sent);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
