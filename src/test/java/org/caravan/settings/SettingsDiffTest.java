package org.caravan.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsDiffTest {
    @TempDir
    private Path directory;

    private Settings settings(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("a.properties"), text);
        return Settings.load(file, Optional.empty(), directory, Map.of("FROM_OUTSIDE", "1"));
    }

    @Test
    void letsChangeWhatOnlyRoutesReadAndKeepsTheRest() throws IOException {
        Settings start = settings(
                """
                shop.url=jdbc:duckdb:
                customers.schedule=0 0 6 * * ?
                region=EU
                wired=1
                my.token=abcdef
                gone=1
                from.outside=2
                camel.main.shutdown-timeout={{wired}}
                """);

        SettingsDiff diff = SettingsDiff.between(
                start,
                settings(
                        """
                        shop.url=jdbc:duckdb:/tmp/other
                        shop.user=me
                        customers.schedule=0 0 7 * * ?
                        region=US
                        wired=2
                        my.token=ghijkl
                        from.outside=3
                        camel.main.shutdown-timeout={{wired}}
                        camel.main.name=other
                        staging.part-size=1MB
                        staging.bucket=other
                        ledger.lock-expiry=30s
                        added=1
                        """));

        assertThat(diff.live())
                .containsExactlyInAnyOrder("customers.schedule", "region", "gone", "added", "staging.part-size");
        assertThat(diff.later())
                .containsExactlyInAnyOrder(
                        "shop.url",
                        "shop.user",
                        "wired",
                        "my.token",
                        "camel.main.name",
                        "staging.bucket",
                        "ledger.lock-expiry");
    }

    @Test
    void findsNothingInTheSameSettings() throws IOException {
        SettingsDiff diff = SettingsDiff.between(settings("region=EU\n"), settings("# a comment\nregion = EU\n"));

        assertThat(diff.live()).isEmpty();
        assertThat(diff.later()).isEmpty();
    }
}
