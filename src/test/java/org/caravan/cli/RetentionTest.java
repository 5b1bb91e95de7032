package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.OwnedRun;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunState;
import org.caravan.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {
    private static final Instant OVER = Instant.parse("2026-01-31T06:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void hasDefaults() throws Exception {
        assertThat(retention(""))
                .isEqualTo(new Retention(
                        Optional.of(Duration.ofDays(7)),
                        Optional.of(Duration.ofDays(14)),
                        Optional.of(Duration.ZERO),
                        Optional.of(Duration.ofDays(400)),
                        Optional.empty()));
    }

    @Test
    void isReadFromTheSettings() throws Exception {
        assertThat(
                        retention(
                                """
                        clean.keep-files=12h
                        clean.keep-failed=forever
                        clean.keep-tables=30m
                        clean.keep-history=90s
                        clean.keep-certificates=1d
                        """))
                .isEqualTo(new Retention(
                        Optional.of(Duration.ofHours(12)),
                        Optional.empty(),
                        Optional.of(Duration.ofMinutes(30)),
                        Optional.of(Duration.ofSeconds(90)),
                        Optional.of(Duration.ofDays(1))));
    }

    @Test
    void saysWhatIsNoTime() {
        assertThatThrownBy(() -> retention("clean.keep-files=7\n"))
                .isInstanceOf(CaravanException.class)
                .hasMessageEndingWith(
                        "settings.properties:1: clean.keep-files=7: a duration without a unit; write 7s, 7m or 7h, or forever"
                                + " (units: ms, s, m, h, d)");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "done, and seen by nobody any more | DONE        | t     | false | 7    | true",
                "done lately                       | DONE        | t     | false | 6    | false",
                "what readers see                  | DONE        | t     | true  | 9999 | false",
                "files that were delivered         | DONE        |       | false | 9999 | false",
                "under way                         | RUNNING     |       | false | 9999 | false",
                "failed, may be resumed            | FAILED      |       | false | 13   | false",
                "failed long ago                   | FAILED      |       | false | 14   | true",
                "interrupted, may be resumed       | INTERRUPTED |       | false | 13   | false",
                "failed, but readers see it        | FAILED      | t     | true  | 9999 | false"
            })
    void decidesOverFiles(String what, RunState state, String table, boolean standing, int days, boolean ends)
            throws Exception {
        OwnedRun run =
                new OwnedRun(RunId.at(OVER), "p", state, OVER, Optional.ofNullable(table), Optional.empty(), standing);

        assertThat(retention("").endsFiles(run, OVER.plus(Duration.ofDays(days))))
                .as(what)
                .isEqualTo(ends);
    }

    private Retention retention(String text) throws Exception {
        Path file = directory.resolve("settings.properties");
        Files.writeString(file, text);
        return Retention.of(Settings.load(file, Optional.empty(), directory, Map.of()));
    }
}
