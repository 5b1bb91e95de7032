package org.caravan.ledger.store;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.caravan.OtherJvm;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Lease;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.StartedBy;

/**
 * Another process at the same ledger: takes the lock of pipeline "customers", says {@code held <run>} or {@code refused}, then notes
 * parts without end and says the number of each once it is kept. It ends when it is killed, or when nobody reads it any more.
 */
public final class LedgerProcess implements AutoCloseable {
    private final OtherJvm jvm;

    LedgerProcess(String url, Duration expiry) throws IOException {
        jvm = new OtherJvm(LedgerProcess.class, url, expiry.toString());
    }

    /** The next line that the process says; waits for it. */
    Optional<String> says() throws IOException {
        return jvm.says();
    }

    void kill() throws InterruptedException {
        jvm.kill();
    }

    @Override
    public void close() {
        jvm.close();
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream log = System.out;
        // Logging of the libraries goes to standard output as well.
        System.setOut(System.err);
        JdbcLedger ledger = new JdbcLedger(
                EmbeddedFile.at(arguments[0], "sa", ""),
                Origin.here(StartedBy.COMMAND, ""),
                Secrets.NONE,
                Duration.parse(arguments[1]));
        Instant start = Instant.now();
        Run run = new Run(RunId.at(start), "customers", start);
        try {
            Lease lease = ledger.begin(run);
            log.println("held " + run.id());
            for (int part = 1; !log.checkError(); part++) {
                lease.add(new StagedPart(part, "k/" + part, part, part, part));
                log.println(part);
            }
        } catch (CaravanException e) {
            log.println("refused " + e.getMessage());
        }
    }
}
