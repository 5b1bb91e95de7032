package org.caravan.sandbox.host;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Makes Redshift readable from Databricks, by the statements that are used in production
 * (docs.databricks.com/aws/query-federation/redshift), over the SQL Statement Execution API
 * (docs.databricks.com/api/workspace/statementexecution/executestatement).
 */
final class DatabricksSetup {
    static final String CONNECTION = "redshift_conn";
    static final String CATALOG = "redshift_fed";

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    private final URI endpoint;
    private final String token;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();

    DatabricksSetup(int port, String token) {
        this.endpoint = URI.create("http://127.0.0.1:" + port + "/api/2.0/sql/statements/");
        this.token = token;
    }

    /**
     * Creates the connection and the foreign catalog over it, and grants the product what it needs and nothing more. The staging
     * schema has to be in Redshift, since privileges are granted on what is there.
     */
    void federate(int redshiftPort, Credentials credentials) {
        statements(redshiftPort, credentials).forEach(this::execute);
    }

    private static List<String> statements(int redshiftPort, Credentials credentials) {
        return List.of(
                "CREATE CONNECTION " + CONNECTION + " TYPE redshift OPTIONS (host '127.0.0.1', port '" + redshiftPort
                        + "', user '" + credentials.redshiftUser() + "', password '" + credentials.redshiftPassword()
                        + "')",
                "CREATE FOREIGN CATALOG " + CATALOG + " USING CONNECTION " + CONNECTION + " OPTIONS (database '"
                        + StandInSpecs.REDSHIFT_DATABASE + "')",
                "GRANT USE CATALOG ON CATALOG " + CATALOG + " TO `" + StandInSpecs.DATABRICKS_PRINCIPAL + "`",
                readable("public"),
                readable(StandInSpecs.STAGING_SCHEMA));
    }

    private static String readable(String schema) {
        return "GRANT USE SCHEMA, SELECT ON SCHEMA " + CATALOG + "." + schema + " TO `"
                + StandInSpecs.DATABRICKS_PRINCIPAL + "`";
    }

    private void execute(String statement) {
        String what = statement.substring(0, statement.indexOf(' ', statement.indexOf(' ') + 1));
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(ANSWER_WITHIN)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.line(
                        Map.of("statement", statement, "warehouse_id", StandInSpecs.WAREHOUSE, "wait_timeout", "50s"))))
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200 || !succeeded(response.body())) {
                throw new SandboxFailure("databricks refused " + what + " with status " + response.statusCode() + ": "
                        + response.body());
            }
        } catch (IOException e) {
            throw new SandboxFailure("databricks did not answer " + what + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxFailure("interrupted while databricks ran " + what, e);
        }
    }

    private static boolean succeeded(String body) throws IOException {
        return Json.object(body).get("status") instanceof Map<?, ?> status && "SUCCEEDED".equals(status.get("state"));
    }
}
