package org.caravan.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabricksSetupTest {
    private static final Credentials CREDENTIALS =
            new Credentials("ak", "sk", "su", "sp", "ru", "rp", "tok", "sec", "adm", "ctl");

    private final List<Map<String, Object>> requests = new CopyOnWriteArrayList<>();
    private String answer = "{\"status\":{\"state\":\"SUCCEEDED\"}}";
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/2.0/sql/statements/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void saysWhatIsSaidInProduction() {
        federate();

        assertThat(requests)
                .extracting(request -> request.get("statement"))
                .containsExactly(
                        "CREATE CONNECTION redshift_conn TYPE redshift"
                                + " OPTIONS (host '127.0.0.1', port '5439', user 'ru', password 'rp')",
                        "CREATE FOREIGN CATALOG redshift_fed USING CONNECTION redshift_conn OPTIONS (database 'dev')",
                        "GRANT USE CATALOG ON CATALOG redshift_fed TO `caravan`",
                        "GRANT USE SCHEMA, SELECT ON SCHEMA redshift_fed.public TO `caravan`",
                        "GRANT USE SCHEMA, SELECT ON SCHEMA redshift_fed.caravan_staging TO `caravan`");
        assertThat(requests).allSatisfy(request -> assertThat(request)
                .containsEntry("warehouse_id", "sandbox")
                .containsEntry("wait_timeout", "50s"));
    }

    @Test
    void failsByTheWarehousesOwnMessageButWithoutThePassword() {
        answer = "{\"status\":{\"state\":\"FAILED\",\"error\":{\"message\":\"no such type\"}}}";

        assertThatThrownBy(this::federate)
                .isInstanceOf(SandboxFailure.class)
                .hasMessageContaining("databricks refused CREATE CONNECTION")
                .hasMessageContaining("no such type")
                .hasMessageNotContaining("'rp'");
        assertThat(requests).hasSize(1);
    }

    private void federate() {
        new DatabricksSetup(server.getAddress().getPort(), "tok").federate(5439, CREDENTIALS);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean known = "Bearer tok".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        requests.add(Json.object(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known ? 200 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
