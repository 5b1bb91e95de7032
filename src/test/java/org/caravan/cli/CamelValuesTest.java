package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.caravan.ledger.CaravanException;
import org.caravan.settings.DataSourceSettings;
import org.caravan.settings.SecretSettings;
import org.caravan.settings.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values from AWS Secrets Manager, which a server of this test speaks for. */
class CamelValuesTest {
    @TempDir
    private Path directory;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestHeaders().getFirst("X-Amz-Target") + " " + request);
        boolean known = request.contains("shop/reader");
        byte[] answer = (known
                        ? "{\"Name\":\"shop/reader\",\"SecretString\":\"{\\\"user\\\":\\\"ada\\\",\\\"password\\\":\\\"c4n4ry\\\"}\"}"
                        : "{\"__type\":\"ResourceNotFoundException\",\"Message\":\"no such secret\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(known ? 200 : 400, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Test
    void fillsInWhatASecretHoldsWhenItIsNeeded() throws IOException {
        Settings settings = settings("shop/reader");

        assertThat(settings.problems(directory)).isNotEmpty();
        assertThat(SecretSettings.version(settings)).isNotEmpty();
        assertThat(asked).as("nobody is asked before").isEmpty();

        DataSourceSettings shop = DataSourceSettings.of("shop", settings);
        assertThat(shop.user()).contains("ada");
        assertThat(shop.password()).contains("c4n4ry");
        assertThat(settings.find("shop.password")).contains("c4n4ry");
        assertThat(asked)
                .as("once for each text")
                .hasSize(2)
                .allMatch(call -> call.startsWith("secretsmanager.GetSecretValue "));
        assertThat(SecretSettings.of(settings).masked("said c4n4ry")).isEqualTo("said ***");
        assertThat(settings.unfilled().find("shop.password")).contains("{{aws:shop/reader#password}}");
    }

    @Test
    void saysWhichPlaceholderCannotBeFilledIn() throws IOException {
        Settings settings = settings("no/such");

        assertThatThrownBy(() -> settings.find("shop.password"))
                .isInstanceOf(CaravanException.class)
                .hasMessageStartingWith("{{aws:no/such#password}} cannot be filled in: ")
                .hasMessageContaining("no such secret")
                .hasMessageEndingWith("the settings camel.vault.*.");
    }

    private Settings settings(String secret) throws IOException {
        Path file = Files.writeString(
                directory.resolve("my.properties"),
                """
                shop.url=jdbc:postgresql://host/shop
                shop.user={{aws:SECRET#user}}
                shop.password={{aws:SECRET#password}}
                camel.vault.aws.accessKey=a
                camel.vault.aws.secretKey=b
                camel.vault.aws.region=eu-central-1
                camel.vault.aws.overrideEndpoint=true
                camel.vault.aws.uriEndpointOverride=http://127.0.0.1:PORT
                """
                        .replace("SECRET", secret)
                        .replace("PORT", Integer.toString(server.getAddress().getPort())));
        Settings read = Settings.load(file, Optional.empty(), directory, Map.of());
        return read.filledBy(new CamelValues(read.toProperties()));
    }
}
