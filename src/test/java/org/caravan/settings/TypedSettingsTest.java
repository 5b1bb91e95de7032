package org.caravan.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each record of settings: its defaults, and all of its keys. */
class TypedSettingsTest {
    @TempDir
    private Path directory;

    @Test
    void hasDefaultsForAmazonS3() throws IOException {
        assertThat(S3Settings.of(settings("s3.region=eu-central-1\n")))
                .isEqualTo(new S3Settings(
                        "eu-central-1", Optional.empty(), S3Settings.Addressing.HOST, Optional.empty(), 6));
    }

    @Test
    void readsAllOfAmazonS3() throws IOException {
        assertThat(
                        S3Settings.of(
                                settings(
                                        """
                        s3.region=local
                        s3.endpoint=http://127.0.0.1:9000
                        s3.path-style=true
                        s3.access-key=a
                        s3.secret-key=b
                        s3.session-token=c
                        s3.attempts=3
                        """)))
                .isEqualTo(new S3Settings(
                        "local",
                        Optional.of("http://127.0.0.1:9000"),
                        S3Settings.Addressing.PATH,
                        Optional.of(new S3Settings.Credentials("a", "b", Optional.of("c"))),
                        3));
    }

    @Test
    void hasDefaultsForStaging() throws IOException {
        assertThat(StagingSettings.of(settings("staging.bucket=landing\n")))
                .isEqualTo(new StagingSettings("landing", "caravan", 4));
    }

    @Test
    void readsAllOfStaging() throws IOException {
        assertThat(StagingSettings.of(settings("staging.bucket=b1x\nstaging.prefix=a/b\nstaging.uploads=9\n")))
                .isEqualTo(new StagingSettings("b1x", "a/b", 9));
    }

    @Test
    void hasDefaultsForRedshift() throws IOException {
        assertThat(RedshiftSettings.of(settings("")))
                .isEqualTo(new RedshiftSettings("caravan_staging", Duration.ofMinutes(5), Duration.ZERO));
    }

    @Test
    void readsAllOfRedshift() throws IOException {
        assertThat(RedshiftSettings.of(settings(
                        "redshift.staging-schema=s\nredshift.lock-wait=1h30m\nredshift.statement-timeout=90s\n")))
                .isEqualTo(new RedshiftSettings("s", Duration.ofMinutes(90), Duration.ofSeconds(90)));
    }

    @Test
    void hasDefaultsForHealthAndMetrics() throws IOException {
        assertThat(ObserveSettings.of(settings("")))
                .isEqualTo(new ObserveSettings(
                        true, "127.0.0.1", 9876, Optional.empty(), Duration.ofMinutes(10), Optional.empty()));
    }

    @Test
    void readsAllOfHealthAndMetrics() throws IOException {
        ObserveSettings read = ObserveSettings.of(
                settings(
                        """
                        observe.enabled=false
                        observe.host=0.0.0.0
                        observe.port=0
                        observe.user=ada
                        observe.password=c4n4ry
                        observe.late-after=1h
                        observe.tracing-endpoint=http://collector:4318/v1/traces
                        """));

        assertThat(read)
                .isEqualTo(new ObserveSettings(
                        false,
                        "0.0.0.0",
                        0,
                        Optional.of(new ObserveSettings.Credentials("ada", "c4n4ry")),
                        Duration.ofHours(1),
                        Optional.of("http://collector:4318/v1/traces")));
        assertThat(read.toString()).doesNotContain("c4n4ry");
    }

    @Test
    void hasDefaultsForTheLedger() throws IOException {
        assertThat(LedgerSettings.of(settings("")))
                .isEqualTo(new LedgerSettings(
                        "jdbc:h2:file:" + directory.resolve("config/data/ledger"),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(60)));
    }

    @Test
    void readsAllOfTheLedger() throws IOException {
        assertThat(
                        LedgerSettings.of(
                                settings(
                                        """
                        ledger.url=jdbc:postgresql://host/ledger
                        ledger.user=ada
                        ledger.password=pw
                        ledger.lock-expiry=2m
                        """)))
                .isEqualTo(new LedgerSettings(
                        "jdbc:postgresql://host/ledger", Optional.of("ada"), Optional.of("pw"), Duration.ofMinutes(2)));
    }

    @Test
    void readsAllOfADataSource() throws IOException {
        Settings settings = settings(
                "shop.url=jdbc:x:y\nshop.user=ada\nshop.password=pw\nwh.url=jdbc:databricks://h\nwh.token=t\n");

        assertThat(DataSourceSettings.of("shop", settings))
                .isEqualTo(new DataSourceSettings(
                        "shop", "jdbc:x:y", Optional.of("ada"), Optional.of("pw"), Optional.empty()));
        assertThat(DataSourceSettings.of("shop", settings).isDatabricks()).isFalse();
        assertThat(DataSourceSettings.of("wh", settings).token()).contains("t");
        assertThat(DataSourceSettings.of("wh", settings).isDatabricks()).isTrue();
    }

    @Test
    void failsWithTheLineOfWhatIsWrong() {
        assertThatThrownBy(() -> S3Settings.of(settings("s3.region=local\ns3.attempts=0\n")))
                .isInstanceOf(CaravanException.class)
                .hasMessage(Place.shown(directory.resolve("config/my.properties"))
                        + ":2: s3.attempts=0: less than 1; write a whole number from 1 to 999");
        assertThatThrownBy(() -> StagingSettings.of(settings("")))
                .isInstanceOf(CaravanException.class)
                .hasMessageStartingWith("staging.bucket is not set; set it in ");
    }

    @Test
    void showsNoSecret() throws IOException {
        Settings settings = settings(
                """
                s3.region=local
                s3.access-key=c4n4ry-1
                s3.secret-key=c4n4ry-2
                ledger.url=jdbc:postgresql://ada:c4n4ry-3@host/ledger
                ledger.password=c4n4ry-4
                shop.url=jdbc:x://host?password=c4n4ry-5
                shop.password=c4n4ry-6
                """);

        assertThat(S3Settings.of(settings) + " " + LedgerSettings.of(settings) + " "
                        + DataSourceSettings.of("shop", settings))
                .contains("local", "host", "shop")
                .doesNotContain("c4n4ry");
    }

    private Settings settings(String text) throws IOException {
        Files.createDirectories(directory.resolve("config"));
        Path file = Files.writeString(directory.resolve("config/my.properties"), text);
        return Settings.load(file, Optional.empty(), directory, Map.of());
    }
}
