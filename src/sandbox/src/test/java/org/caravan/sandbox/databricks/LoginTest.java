package org.caravan.sandbox.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.caravan.sandbox.databricks.SharedWarehouse.JSON;
import static org.caravan.sandbox.databricks.SharedWarehouse.call;
import static org.caravan.sandbox.databricks.SharedWarehouse.connect;
import static org.caravan.sandbox.databricks.SharedWarehouse.faults;
import static org.caravan.sandbox.databricks.SharedWarehouse.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logging in with tokens, and as a service principal with OAuth. */
@ExtendWith(SharedWarehouse.class)
class LoginTest {
    private static final ObjectMapper JSON_READER = new ObjectMapper();
    private static final String GRANT = "grant_type=client_credentials&scope=all-apis";

    @BeforeEach
    void addMachine() {
        SharedWarehouse.principal("machine");
    }

    @AfterEach
    void restore() throws Exception {
        faults("{\"token_seconds\":3600}");
    }

    @Test
    void refusesAWrongToken() {
        assertThatThrownBy(() -> connect(JSON, "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Invalid access token");
    }

    @Test
    void letsTheRealDriverLogInWithAClientSecret() throws SQLException {
        // Without this test hook the driver looks for the token endpoint at port 443 of the host.
        System.setProperty("isFakeServiceTest", "true");
        String url = SharedWarehouse.url(JSON)
                + ";AuthMech=11;Auth_Flow=1;OAuth2ClientId=machine;OAuth2Secret=secret-machine";
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(query(connection, "SELECT 1")).containsExactly(List.of(1));
        }
        assertThatThrownBy(() -> DriverManager.getConnection(url.replace("secret-machine", "wrong")))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void givesTokensThatEnd() throws Exception {
        HttpResponse<String> discovery =
                call("GET", "/oidc/.well-known/oauth-authorization-server", Optional.empty(), "");
        String endpoint =
                JSON_READER.readTree(discovery.body()).path("token_endpoint").asText();

        String token = JSON_READER
                .readTree(call("POST", endpoint, Optional.of(basic("machine", "secret-machine")), GRANT)
                        .body())
                .path("access_token")
                .asText();
        assertThat(whoHas(token).statusCode()).isEqualTo(200);

        faults("{\"expire_tokens\":true}");
        assertThat(whoHas(token).statusCode()).isEqualTo(403);
        assertThat(whoHas(token).body()).isEqualTo("{\"error_code\":403,\"message\":\"JWT has expired\"}");

        faults("{\"token_seconds\":0}");
        HttpResponse<String> shortLived =
                call("POST", endpoint, Optional.empty(), GRANT + "&client_id=machine&client_secret=secret-machine");
        assertThat(JSON_READER.readTree(shortLived.body()).path("expires_in").asInt())
                .isZero();
        assertThat(whoHas(JSON_READER
                                .readTree(shortLived.body())
                                .path("access_token")
                                .asText())
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "machine, wrong,          grant_type=client_credentials&scope=all-apis, 401, invalid_client",
        "nobody,  secret-machine, grant_type=client_credentials&scope=all-apis, 401, invalid_client",
        "machine, secret-machine, grant_type=password&scope=all-apis,           400, unsupported_grant_type",
        "machine, secret-machine, grant_type=client_credentials,                400, invalid_scope",
    })
    void refusesOtherGrantsAndClients(String client, String secret, String form, int status, String error)
            throws Exception {
        HttpResponse<String> response = call("POST", "/oidc/v1/token", Optional.of(basic(client, secret)), form);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"error\":\"" + error + "\"");
    }

    @Test
    void addsPrincipalsForTheAdministratorOnly() throws Exception {
        String answer = SharedWarehouse.post("/sandbox/principals", "{\"name\":\"made\"}");
        String token = JSON_READER.readTree(answer).path("token").asText();
        try (Connection made = connect(JSON, token)) {
            assertThat(query(made, "SELECT 1")).containsExactly(List.of(1));
        }

        assertThat(call("POST", "/sandbox/principals", Optional.of("Bearer " + token), "{\"name\":\"other\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(call("GET", "/api/2.0/sql/warehouses", Optional.empty(), "").statusCode())
                .isEqualTo(401);
    }

    private static HttpResponse<String> whoHas(String token) throws Exception {
        return call("GET", "/api/2.0/sql/warehouses/sandbox", Optional.of("Bearer " + token), "");
    }

    private static String basic(String client, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
