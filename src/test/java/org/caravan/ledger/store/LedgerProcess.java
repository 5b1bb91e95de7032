package org.caravan.ledger.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    private final Process process;
    private final BufferedReader out;

    LedgerProcess(String url, Duration expiry) throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LedgerProcess.class.getName(),
                        url,
                        expiry.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The next line that the process says; waits for it. */
    Optional<String> says() throws IOException {
        return Optional.ofNullable(out.readLine());
    }

    /** Kills the process, as an operating system does that has no memory left. */
    void kill() throws InterruptedException {
        // Not the process itself: that would close the stream of what it said last.
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
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
