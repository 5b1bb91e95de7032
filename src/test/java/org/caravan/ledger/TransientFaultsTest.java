package org.caravan.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransientFaultsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "08006 | An I/O error occurred                                             | publish | connection lost",
                "08001 | Connection refused                                                | extract | connection lost",
                "57P03 | the database system is starting up                                | load    | server restarts",
                "40001 | could not serialize access                                        | publish | serialization conflict",
                "XX000 | 1023: Serializable isolation violation on table - 100             | publish | serialization conflict 1023",
                "40P01 | deadlock detected                                                 | load    | deadlock",
                "XX000 | S3ServiceException:Slow down,Status 503,Error SlowDown            | load    | COPY: Amazon S3 is busy",
                "XX000 | S3ServiceException:expired.,Status 400,Error ExpiredToken         | load    | COPY: credentials expired",
                "XX000 | S3CurlException: transfer closed                                  | load    | COPY: transfer broken",
                "-     | TEMPORARILY_UNAVAILABLE: the warehouse starts                     | verify  | warehouse not ready",
                "XX000 | S3ServiceException:no,Status 403,Error AccessDenied               | load    | -",
                "XX000 | Disk Full                                                         | load    | -",
                "53100 | could not extend file                                             | load    | -",
                "28P01 | password authentication failed                                    | load    | -",
                "42P01 | relation does not exist                                           | load    | -",
                "22003 | value out of range                                                | publish | -",
                "57014 | canceling statement due to user request                           | load    | -"
            })
    void tellsWhatPassesFromWhatStays(String state, String message, String step, String fault) {
        SQLException error = new SQLException(message, state);
        CaravanException told = new CaravanException(Category.LOAD, "Loading failed", error);

        assertThat(TransientFaults.find(told, Step.valueOf(step.toUpperCase(Locale.ROOT)))
                        .orElse(null))
                .isEqualTo(fault);
    }

    @Test
    void knowsBrokenConnectionsByTheirExceptions() {
        assertThat(TransientFaults.find(new IllegalStateException(new SocketTimeoutException()), Step.VERIFY))
                .contains("connection broken");
        assertThat(TransientFaults.find(new SQLTransientConnectionException("later"), Step.EXTRACT))
                .contains("the driver says so");
    }

    @Test
    void believesTheInnermostStateMoreThanThePool() {
        SQLException pool = new SQLTransientConnectionException(
                "time is up", "08001", new SQLException("password authentication failed", "28P01"));

        assertThat(TransientFaults.find(pool, Step.LOAD)).isEmpty();
    }

    @Test
    void isShownWholeOnItsPage() throws Exception {
        String page = Files.readString(Path.of("docs/retries.md"));

        String table = TransientFaults.entries().stream()
                .map(entry -> "| " + entry.fault() + " | "
                        + entry.by().name().toLowerCase(Locale.ROOT) + " `"
                        + entry.pattern().pattern().replace("|", "\\|") + "` | "
                        + entry.steps().stream().map(Step::label).collect(Collectors.joining(", ")) + " | "
                        + entry.why() + " | " + entry.source() + " |\n")
                .collect(Collectors.joining());
        assertThat(page).contains("|---|---|---|---|---|\n" + table + "\n");
    }
}
