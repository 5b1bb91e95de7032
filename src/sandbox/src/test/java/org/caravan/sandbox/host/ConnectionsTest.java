package org.caravan.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final SandboxDirectory DIRECTORY = new SandboxDirectory(Path.of("/somewhere"));
    private static final Credentials CREDENTIALS =
            new Credentials("ak", "sk", "su", "sp", "ru", "rp", "tok", "sec", "adm", "ctl");
    private static final Map<String, Object> S3 = Map.of(
            "port",
            1,
            "controlPort",
            11,
            "endpoint",
            "http://127.0.0.1:1",
            "bucket",
            "caravan-staging",
            "region",
            "us-east-1");
    private static final Map<String, Object> SOURCE = Map.of("port", 2, "controlPort", 12, "database", "source");
    private static final Map<String, Object> REDSHIFT =
            Map.of("port", 3, "controlPort", 13, "caFile", "/somewhere/ca.pem");
    private static final Map<String, Object> DATABRICKS = Map.of("port", 4, "controlPort", 14);

    @Test
    void writesEverySettingOfTheProduct() throws IOException {
        Properties settings =
                settings(Map.of("s3", S3, "source", SOURCE, "redshift", REDSHIFT, "databricks", DATABRICKS));

        assertThat(settings)
                .containsOnly(
                        Map.entry("source.url", "jdbc:postgresql://127.0.0.1:2/source"),
                        Map.entry("source.user", "su"),
                        Map.entry("source.password", "sp"),
                        Map.entry("s3.endpoint", "http://127.0.0.1:1"),
                        Map.entry("s3.region", "us-east-1"),
                        Map.entry("s3.access-key", "ak"),
                        Map.entry("s3.secret-key", "sk"),
                        Map.entry("s3.path-style", "true"),
                        Map.entry("staging.bucket", "caravan-staging"),
                        Map.entry("staging.prefix", "caravan"),
                        Map.entry("redshift.url", "jdbc:redshift://127.0.0.1:3/dev;ssl=false"),
                        Map.entry("redshift.user", "ru"),
                        Map.entry("redshift.password", "rp"),
                        Map.entry("redshift.copy.iam-role", "arn:aws:iam::123456789012:role/caravan-copy"),
                        Map.entry("redshift.schema", "public"),
                        Map.entry("redshift.staging-schema", "caravan_staging"),
                        Map.entry(
                                "databricks.url",
                                "jdbc:databricks://127.0.0.1:4;ssl=0;httpPath=/sql/1.0/warehouses/sandbox;AuthMech=3;"
                                        + "UseThriftClient=0;UseBoundedSeaApi=0;EnableTelemetry=0;EnableSQLValidationForIsValid=1"),
                        Map.entry("databricks.token", "tok"),
                        Map.entry("databricks.catalog", "redshift_fed"));
    }

    @Test
    void leavesOutWhatWasNotStarted() throws IOException {
        assertThat(settings(Map.of("s3", S3)).stringPropertyNames()).allMatch(key -> key.matches("(s3|staging)\\..*"));
        assertThat(new Connections(DIRECTORY, CREDENTIALS, 9, Map.of("s3", S3)).json("0.1"))
                .containsOnlyKeys("dir", "pid", "scale", "config", "control", "s3");
    }

    @Test
    void tellsHowToReachEveryStandIn() {
        Map<String, Object> json = new Connections(
                        DIRECTORY,
                        CREDENTIALS,
                        9,
                        Map.of("s3", S3, "source", SOURCE, "redshift", REDSHIFT, "databricks", DATABRICKS))
                .json("0.1");

        assertThat(json).containsEntry("dir", "/somewhere").containsEntry("scale", "0.1");
        assertThat(json.get("redshift"))
                .isEqualTo(Map.of(
                        "url",
                        "jdbc:redshift://127.0.0.1:3/dev;ssl=false",
                        "user",
                        "ru",
                        "password",
                        "rp",
                        "host",
                        "127.0.0.1",
                        "port",
                        3,
                        "database",
                        "dev",
                        "iamRole",
                        "arn:aws:iam::123456789012:role/caravan-copy",
                        "iamRoleWithoutAccess",
                        "arn:aws:iam::123456789012:role/caravan-no-access",
                        "caFile",
                        "/somewhere/ca.pem",
                        "control",
                        Map.of("url", "http://127.0.0.1:13", "token", "ctl")));
        assertThat(json.get("control")).isEqualTo(Map.of("url", "http://127.0.0.1:9", "token", "ctl"));
        assertThat(json.get("databricks"))
                .extracting("catalog", "connection", "token", "clientId", "clientSecret", "adminToken")
                .containsExactly("redshift_fed", "redshift_conn", "tok", "caravan", "sec", "adm");
    }

    @Test
    void namesTheFactThatAStandInKeptBack() {
        assertThatThrownBy(() -> settings(Map.of("redshift", Map.of("port", 3))))
                .isInstanceOf(SandboxFailure.class)
                .hasMessage("redshift did not say its caFile when it was ready");
    }

    private static Properties settings(Map<String, Map<String, Object>> facts) throws IOException {
        Properties settings = new Properties();
        settings.load(new StringReader(new Connections(DIRECTORY, CREDENTIALS, 9, facts).settings()));
        return settings;
    }
}
