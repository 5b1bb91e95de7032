package org.caravan.sandbox.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.sandbox.postgres.PostgresServer;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One stand-in of Databricks, with a PostgreSQL as the foreign database with a table {@code types} behind the catalog {@code fed}, for all test classes of
 * the JVM that are registered with it; started by the first, stopped when all tests are done. Tests keep apart by schemas and
 * catalogs of their own.
 */
final class SharedWarehouse implements BeforeAllCallback, AutoCloseable {
    /** Results inline as JSON. */
    static final String JSON = ";EnableQueryResultDownload=0";
    /** Results as Arrow, inline or behind links. */
    static final String ARROW = "";

    static final String ADMIN_TOKEN = "secret-token";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static SharedWarehouse running;

    private PostgresServer postgres;
    private DatabricksStandIn standIn;

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(SharedWarehouse.class, key -> {
                    running = new SharedWarehouse();
                    running.start();
                    return running;
                });
    }

    private void start() {
        try {
            QuietLogging.configure();
            Path directory = newDirectory();
            standIn = DatabricksStandIn.start(directory.resolve("spark"), 0, ADMIN_TOKEN, "sandbox");
            postgres = PostgresServer.start(
                    Path.of("target", "postgres-binaries"),
                    directory.resolve("pg").resolve("data"),
                    Map.of());
            remote(
                    """
                create table types (
                  id int primary key, small smallint, big bigint, price numeric(12, 2), wide numeric(38, 10),
                  real4 real, real8 double precision, flag boolean, day date, at timestamp, at_tz timestamptz,
                  name varchar(100), code char(3), raw bytea)""");
            remote(
                    """
                insert into types values
                  (1, -32768, 9223372036854775807, 1234.50, 1234567890123456789012345678.0123456789, 1.5, 'NaN', true,
                   '0001-01-01', '0001-01-01 00:00:00.000001', '2024-02-29 23:30:00.123456+05:30', 'é漢😀', 'ab', '\\x00ff'),
                  (2, 32767, -9223372036854775808, -0.01, -9999999999999999999999999999.9999999999, -1.5, 'Infinity', false,
                   '9999-12-31', '9999-12-31 23:59:59.999999', '1969-12-31 23:59:59.999999+00', '', 'abc', ''),
                  (3, null, null, null, null, null, '-Infinity', null, '1582-10-15', '1900-01-01 00:00:00', null, null, null,
                   null)""");
            try (Connection connection = connect(JSON)) {
                run(
                        connection,
                        "CREATE CONNECTION pg TYPE postgresql OPTIONS (host '127.0.0.1', port " + postgres.port()
                                + ", user '" + PostgresServer.ADMIN + "', password '" + postgres.adminPassword()
                                + "')");
                run(connection, "CREATE FOREIGN CATALOG fed USING CONNECTION pg OPTIONS (database 'postgres')");
            }
        } catch (Exception e) {
            throw new IllegalStateException("the shared stand-in did not start", e);
        }
    }

    /** A new directory below the build's. */
    static Path newDirectory() throws Exception {
        return Files.createTempDirectory(Path.of(System.getProperty("java.io.tmpdir")), "shared-databricks-");
    }

    static DatabricksStandIn standIn() {
        return running.standIn;
    }

    static PostgresServer postgres() {
        return running.postgres;
    }

    /** Options of the URL that every test uses, and those of {@code mode}. */
    static String url(String mode) {
        return "jdbc:databricks://127.0.0.1:" + standIn().port() + ";ssl=0;httpPath=/sql/1.0/warehouses/sandbox"
                + ";UseThriftClient=0;UseBoundedSeaApi=0;EnableTelemetry=0;EnableSQLValidationForIsValid=1" + mode;
    }

    /** A session of the administrator; the caller closes it. */
    static Connection connect(String mode) throws SQLException {
        return connect(mode, ADMIN_TOKEN);
    }

    /** A session of whoever has this token; the caller closes it. */
    static Connection connect(String mode, String token) throws SQLException {
        return DriverManager.getConnection(url(";AuthMech=3" + mode), "token", token);
    }

    /** Adds a principal without privileges; its token is {@code token-NAME}, its secret {@code secret-NAME}. */
    static void principal(String name) {
        standIn().add(name, "token-" + name, "secret-" + name);
    }

    /** A session of a principal added before; the caller closes it. */
    static Connection connectAs(String name) throws SQLException {
        return connect(JSON, "token-" + name);
    }

    /** Runs statements in the foreign database. */
    static void remote(String... statements) throws SQLException {
        try (Connection connection = postgres().connect("postgres")) {
            for (String sql : statements) {
                run(connection, sql);
            }
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static List<List<Object>> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows(rows, new String[rows.getMetaData().getColumnCount()]);
        }
    }

    /** Reads all rows: by these names, or by position where a name is null. */
    static List<List<Object>> rows(ResultSet rows, String... columns) throws SQLException {
        List<List<Object>> all = new ArrayList<>();
        while (rows.next()) {
            List<Object> row = new ArrayList<>();
            for (int i = 0; i < columns.length; i++) {
                row.add(columns[i] == null ? rows.getObject(i + 1) : rows.getObject(columns[i]));
            }
            all.add(row);
        }
        return all;
    }

    /** Calls the API with a header {@code Authorization}, or without. */
    static HttpResponse<String> call(String method, String target, Optional<String> authorization, String body)
            throws Exception {
        URI uri = target.startsWith("http")
                ? URI.create(target)
                : URI.create("http://127.0.0.1:" + standIn().port() + target);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.ofString(body));
        authorization.ifPresent(header -> request.header("Authorization", header));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Calls the API as the administrator. */
    static HttpResponse<String> call(String method, String target, String body) throws Exception {
        return call(method, target, Optional.of("Bearer " + ADMIN_TOKEN), body);
    }

    /** Posts as the administrator, and answers the body of the successful answer. */
    static String post(String path, String body) throws Exception {
        HttpResponse<String> response = call("POST", path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    /** Orders faults. */
    static void faults(String order) throws Exception {
        post("/sandbox/faults", order);
    }

    /** Called by JUnit when the last test class is done. */
    @Override
    public void close() throws Exception {
        if (standIn != null) {
            standIn.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
