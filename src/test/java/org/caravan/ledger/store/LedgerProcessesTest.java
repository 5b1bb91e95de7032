package org.caravan.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravan.ledger.Lease;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunDetails;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.StartedBy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes at one embedded ledger, and what is left of one that is killed. */
@Timeout(120)
class LedgerProcessesTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int KILLS = Integer.getInteger("ledger.kills", 3);

    @TempDir
    private Path directory;

    @Test
    void givesTheLockToOneOfTwoProcesses() throws IOException {
        try (LedgerProcess one = new LedgerProcess(url(), LONG);
                LedgerProcess other = new LedgerProcess(url(), LONG)) {
            List<String> said = List.of(one.says().orElseThrow(), other.says().orElseThrow());

            assertThat(said).filteredOn(line -> line.startsWith("held ")).hasSize(1);
            String holder = said.stream()
                    .filter(line -> line.startsWith("held "))
                    .map(line -> line.substring("held ".length()))
                    .findFirst()
                    .orElseThrow();
            assertThat(said)
                    .filteredOn(line -> line.startsWith("refused "))
                    .singleElement()
                    .asString()
                    .contains("is under way already: run " + holder + " holds its lock")
                    .contains(" on host ");
        }
    }

    @Test
    @Timeout(1200)
    void keepsWhatAKilledProcessNotedAndGivesItsLockOn() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            RunId killed;
            int noted;
            try (LedgerProcess process = new LedgerProcess(url(), Duration.ofSeconds(2))) {
                String held = await().atMost(Duration.ofMinutes(2))
                        .until(process::says, Optional::isPresent)
                        .orElseThrow();
                assertThat(held).startsWith("held ");
                killed = new RunId(held.substring("held ".length()));
                noted = countUntilKilled(process, 3 + kill * 7 % 20);
            }

            JdbcLedger ledger = new JdbcLedger(
                    EmbeddedFile.at(url(), "sa", ""), Origin.here(StartedBy.COMMAND, ""), Secrets.NONE, LONG);
            try (ledger) {
                RunDetails kept = ledger.find(killed).orElseThrow();
                assertThat(kept.parts().stream().limit(noted))
                        .as("kill %s: parts that the process was told are kept", kill)
                        .hasSize(noted)
                        .last()
                        .extracting(StagedPart::number)
                        .isEqualTo(noted);

                Lease next = await().ignoreExceptions().until(() -> ledger.begin(run()), lease -> true);
                assertThat(next.token()).hasValue(kept.run().token() + 1);
                assertThat(ledger.find(killed).orElseThrow().run().state()).isEqualTo(RunState.INTERRUPTED);
                next.end(new Run.Outcome(Instant.now(), Optional.empty()));
            }
        }
    }

    /** Kills the process while it notes a part, and gives the last number that it said. */
    private static int countUntilKilled(LedgerProcess process, int atLeast) throws Exception {
        int last = 0;
        while (last < atLeast) {
            last = Integer.parseInt(process.says().orElseThrow());
        }
        process.kill();
        for (Optional<String> line = process.says(); line.isPresent(); line = process.says()) {
            last = Integer.parseInt(line.get());
        }
        return last;
    }

    private static Run run() {
        Instant start = Instant.now();
        return new Run(RunId.at(start), "customers", start);
    }

    private String url() {
        return "jdbc:h2:file:" + directory.resolve("ledger");
    }
}
