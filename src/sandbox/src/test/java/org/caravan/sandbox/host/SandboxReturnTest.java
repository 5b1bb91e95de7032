package org.caravan.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Stand-ins that are killed, and come back where they were with what they had, while the sandbox stays up. */
class SandboxReturnTest {
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(20);

    @TempDir
    static Path root;

    private static SandboxDirectory directory;
    private static HostCommand sandbox;
    private static Map<String, Object> connections;

    @BeforeAll
    static void up() throws Exception {
        directory = new SandboxDirectory(root);
        sandbox = HostCommand.start(directory, "up", "--foreground", "--only", "s3,redshift,databricks");
        connections = sandbox.awaitReady();
    }

    @AfterAll
    static void down() throws Exception {
        HostCommand.run(directory, "down");
        sandbox.close();
    }

    @Test
    void redshiftKeepsWhatWasCommittedWhenItIsKilled() throws Exception {
        int port = standIn("redshift").port();
        execute("create table kept (n int)", "create table undone (n int)", "insert into kept values (1)");
        try (Connection open = redshift();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("insert into undone values (2)");
            execute("insert into kept values (3)");

            HostCommand.Result kill = HostCommand.run(directory, "kill", "redshift");

            assertThat(kill.exitCode()).as(kill.err()).isZero();
            assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(SandboxReturnTest::redshift).isInstanceOf(SQLException.class);
        HostCommand.Result status = HostCommand.run(directory, "status");
        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.out()).contains("redshift was killed on request");
        HostCommand.Result again = HostCommand.run(directory, "kill", "redshift");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("redshift does not run");

        restart("redshift");

        assertThat(standIn("redshift").port()).isEqualTo(port);
        assertThat(number("select sum(n) from kept")).isEqualTo(4);
        assertThat(number("select count(*) from undone")).isZero();
        assertThat(HostCommand.run(directory, "status").exitCode()).isZero();
    }

    @Test
    void redshiftKeepsWhatWasCommittedWhenItHaltsAtOnce() throws Exception {
        execute("create table halted (n int)");
        Set<ProcessHandle> processes = new Processes(directory).of(standIn("redshift"));
        assertThat(processes).hasSizeGreaterThan(3);
        execute("insert into halted values (1)");

        assertThat(control("redshift", "POST", "/halt", "").statusCode()).isEqualTo(202);

        await().atMost(ENDED_WITHIN).untilAsserted(() -> assertThat(processes).noneMatch(ProcessHandle::isAlive));
        await().atMost(ENDED_WITHIN)
                .untilAsserted(
                        () -> assertThat(standIn("redshift").message()).contains("ended by itself with exit code 137"));
        restart("redshift");
        assertThat(number("select count(*) from halted")).isEqualTo(1);
    }

    @Test
    void s3KeepsItsObjects() throws Exception {
        try (S3Client client = s3()) {
            client.putObject(
                    request -> request.bucket(StandInSpecs.BUCKET).key("kept"), RequestBody.fromString("rows"));
            assertThat(HostCommand.run(directory, "kill", "s3").exitCode()).isZero();
            assertThatThrownBy(() -> client.listObjectsV2(request -> request.bucket(StandInSpecs.BUCKET)))
                    .isInstanceOf(SdkClientException.class);

            restart("s3");

            assertThat(client.getObjectAsBytes(request ->
                                    request.bucket(StandInSpecs.BUCKET).key("kept"))
                            .asUtf8String())
                    .isEqualTo("rows");
        }
    }

    @Test
    void databricksSeesRedshiftAgain() throws Exception {
        execute("create table if not exists federated (n int)", "insert into federated values (17)");
        String query = "SELECT max(n) FROM " + DatabricksSetup.CATALOG + ".public.federated";
        assertThat(databricks(query)).contains("\"SUCCEEDED\"").contains("17");
        assertThat(HostCommand.run(directory, "kill", "databricks").exitCode()).isZero();
        assertThatThrownBy(() -> databricks(query)).isInstanceOf(IOException.class);

        restart("databricks");

        assertThat(databricks(query)).contains("\"SUCCEEDED\"").contains("17");
    }

    @Test
    void restartsAStandInThatRuns() throws Exception {
        long before = standIn("s3").pid();

        restart("s3");

        assertThat(standIn("s3").pid()).isNotEqualTo(before);
        assertThat(ProcessHandle.of(before).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void takesOrdersForFaultsAtTheControlPortOfEachStandIn() throws Exception {
        for (String name : new String[] {"s3", "redshift", "databricks"}) {
            assertThat(control(name, "GET", "/faults", "").body()).as(name).contains("\"known\":[{\"fault\":");
            assertThat(control(name, "POST", "/faults", "{\"fault\":\"smash\"}").statusCode())
                    .isEqualTo(400);
        }
        control("s3", "POST", "/faults", "{\"fault\":\"slow-down\",\"key\":\"ordered/\",\"count\":1}");
        try (S3Client client = s3()) {
            client.listObjectsV2(request -> request.bucket(StandInSpecs.BUCKET).prefix("ordered/"));
        }
        assertThat(control("s3", "GET", "/faults", "").body()).contains("\"struck\":1");

        control("databricks", "POST", "/faults", "{\"fault\":\"unavailable\",\"count\":1}");
        assertThat(databricks("SELECT 1")).contains("TEMPORARILY_UNAVAILABLE");
        assertThat(databricks("SELECT 1")).contains("SUCCEEDED");
        assertThat(control("databricks", "GET", "/faults", "").body())
                .contains("{\"fault\":\"unavailable\",\"struck\":1,\"left\":0}");
    }

    @Test
    void saysWhatItCannotKill(@TempDir Path empty) {
        HostCommand.Result unknown = HostCommand.run(directory, "kill", "oracle");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("has no stand-in 'oracle'; it has [s3, redshift, databricks]");
        assertThat(HostCommand.run(directory, "restart", "source").exitCode()).isEqualTo(2);

        HostCommand.Result nothing = HostCommand.run(new SandboxDirectory(empty), "restart", "s3");
        assertThat(nothing.exitCode()).isEqualTo(1);
        assertThat(nothing.err()).contains("No sandbox is up in " + empty);
    }

    private static StandInState standIn(String name) {
        return SandboxState.ofLiving(directory)
                .flatMap(state -> state.standIn(name))
                .orElseThrow();
    }

    private static void restart(String name) {
        HostCommand.Result restart = HostCommand.run(directory, "restart", name);
        assertThat(restart.exitCode()).as(restart.err()).isZero();
        assertThat(restart.out())
                .contains(name + " is back on port " + standIn(name).port());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(String name) {
        return (Map<String, Object>) connections.get(name);
    }

    private static HttpResponse<String> control(String name, String method, String path, String body)
            throws IOException, InterruptedException {
        Map<?, ?> control = (Map<?, ?>) section(name).get("control");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(control.get("url") + path))
                                .header("Authorization", "Bearer " + control.get("token"))
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static Connection redshift() throws SQLException {
        return DriverManager.getConnection(
                section("redshift").get("url").toString(),
                section("redshift").get("user").toString(),
                section("redshift").get("password").toString());
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = redshift();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static long number(String query) throws SQLException {
        try (Connection connection = redshift();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static S3Client s3() {
        return S3Client.builder()
                .endpointOverride(URI.create(section("s3").get("endpoint").toString()))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .httpClient(ApacheHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        section("s3").get("accessKey").toString(),
                        section("s3").get("secretKey").toString())))
                .build();
    }

    private static String databricks(String statement) throws IOException, InterruptedException {
        String body = Json.line(
                Map.of("statement", statement, "warehouse_id", StandInSpecs.WAREHOUSE, "wait_timeout", "50s"));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                        + standIn("databricks").port() + "/api/2.0/sql/statements/"))
                                .header(
                                        "Authorization",
                                        "Bearer " + section("databricks").get("token"))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
