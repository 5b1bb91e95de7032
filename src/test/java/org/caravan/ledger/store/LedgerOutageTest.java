package org.caravan.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Lease;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.StartedBy;
import org.caravan.ledger.Step;
import org.caravan.schema.TableName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger whose database goes away. */
class LedgerOutageTest {
    @TempDir
    private Path directory;

    private Switched database;
    private JdbcLedger ledger;

    @BeforeEach
    void open() {
        database = new Switched(EmbeddedFile.at("jdbc:h2:file:" + directory.resolve("ledger"), "sa", ""));
        ledger = new JdbcLedger(database, Origin.here(StartedBy.COMMAND, ""), Secrets.NONE, Duration.ofSeconds(2));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void beginsNoRunAndNamesTheSetting() {
        database.gone = true;

        assertRefused("Opening the ledger failed: ");

        database.gone = false;
        Run run = run();
        ledger.begin(run).end(new Run.Outcome(Instant.now(), Optional.empty()));
        database.gone = true;

        assertRefused("Taking the lock of pipeline 'customers' failed: ");
    }

    private void assertRefused(String said) {
        assertThatThrownBy(() -> ledger.begin(run()))
                .isInstanceOf(CaravanException.class)
                .hasMessageContainingAll(
                        said, "Connection refused.", "Check the setting ledger.url, and that the server is up")
                .extracting("category")
                .isEqualTo(Category.CONFIG);
    }

    @Test
    void waitsForADatabaseThatComesBack() {
        Run run = run();
        Lease lease = ledger.begin(run);
        database.gone = true;
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        Future<?> back = timer.schedule(() -> database.gone = false, 300, TimeUnit.MILLISECONDS);

        run.begin(Step.LOAD);
        lease.enter(Step.LOAD);

        assertThat(ledger.find(run.id()).orElseThrow().steps()).containsOnlyKeys(Step.LOAD);
        assertThat(back).isDone();
        timer.shutdownNow();
    }

    @Test
    void beginsNoStepWithoutIt() {
        Lease lease = ledger.begin(run());
        database.gone = true;

        assertThatThrownBy(() -> lease.enter(Step.PUBLISH))
                .isInstanceOf(CaravanException.class)
                .hasMessageContainingAll("Noting step publish of run ", "Check the setting ledger.url")
                .extracting("category")
                .isEqualTo(Category.CONFIG);
    }

    @Test
    void doesNotCallARunDoneWhoseEndItCouldNotNote() {
        Run run = run();
        Lease lease = ledger.begin(run);
        run.setPublished(new TableName("public", "customers"));
        database.gone = true;

        Run.Outcome stands = lease.end(new Run.Outcome(Instant.now(), Optional.empty()));

        Failure failure = stands.failure().orElseThrow();
        assertThat(failure.category()).isEqualTo(Category.CONFIG);
        assertThat(failure.message())
                .contains("Noting the end of run " + run.id() + " failed: ")
                .endsWith("The rows of the run are in public.customers.");
        database.gone = false;
        // Its lock expires, since nobody gives it up: the run is found interrupted, and never done.
        await().atMost(Duration.ofSeconds(20))
                .failFast("the run is called done", () -> state(run) == RunState.DONE)
                .until(() -> state(run) == RunState.INTERRUPTED);
    }

    private RunState state(Run run) {
        return ledger.find(run.id()).orElseThrow().run().state();
    }

    @Test
    void keepsTheRunsOwnFailure() {
        Lease lease = ledger.begin(run());
        Failure failure = new Failure(Category.LOAD, "no room");
        database.gone = true;

        assertThat(lease.end(new Run.Outcome(Instant.now(), Optional.of(failure)))
                        .failure())
                .contains(failure);
    }

    @Test
    void namesTheSettingOfAFileThatIsNoLedger() throws Exception {
        Path file = directory.resolve("broken");
        Files.writeString(directory.resolve("broken.mv.db"), "no database".repeat(2_000), StandardCharsets.UTF_8);
        try (JdbcLedger broken = new JdbcLedger(
                EmbeddedFile.at("jdbc:h2:file:" + file, "sa", ""),
                Origin.here(StartedBy.COMMAND, ""),
                Secrets.NONE,
                Duration.ofSeconds(2))) {
            assertThatThrownBy(() -> broken.latest(Optional.empty(), 1))
                    .isInstanceOf(CaravanException.class)
                    .hasMessageStartingWith("Opening the ledger failed: ")
                    .hasMessageContaining("Check the setting ledger.url");
        }
    }

    private static Run run() {
        Instant start = Instant.now();
        return new Run(RunId.at(start), "customers", start);
    }

    /** A database that a switch takes off the network. */
    private static final class Switched implements DataSource {
        private final DataSource database;
        private volatile boolean gone;

        Switched(DataSource database) {
            this.database = database;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (gone) {
                throw new SQLException("Connection refused", "08001");
            }
            return database.getConnection();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLoginTimeout(int seconds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return database.unwrap(type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return database.isWrapperFor(type);
        }
    }
}
