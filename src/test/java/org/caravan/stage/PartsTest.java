package org.caravan.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravan.format.AvroDataFormat;
import org.caravan.format.CsvDataFormat;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.Step;
import org.caravan.schema.Batch;
import org.caravan.schema.RowStream;
import org.caravan.verify.TableSummary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Parts as a splitter, an encoder and an upload use them, step by step. */
@Timeout(30)
class PartsTest {
    @TempDir
    private Path directory;

    private final Run run = new Run(RunId.at(Instant.EPOCH), "p", Instant.EPOCH);
    private Parts parts;

    @BeforeEach
    void open() {
        parts = parts(new Counting(15), 10, Long.MAX_VALUE);
    }

    @Test
    void issuesAPartOnlyWhenTheOneBeforeIsEncoded() throws Exception {
        Part first = parts.next();
        Waiting<Part> second = new Waiting<>(() -> parts.next());

        assertThat(second.isWaiting()).isTrue();
        encode(first);

        assertThat(second.result().number()).isEqualTo(2);
    }

    @Test
    void doesNotWaitForTheUploadOfThePartBefore() throws Exception {
        encode(parts.next());

        assertThat(parts.next().number()).isEqualTo(2);
    }

    @Test
    void waitsAtTheEndUntilEveryPartIsDone() throws Exception {
        Part first = parts.next();
        encode(first);
        Part second = parts.next();
        encode(second);
        Waiting<Optional<Part>> end = new Waiting<>(() -> Optional.ofNullable(parts.next()));

        assertThat(end.isWaiting()).isTrue();
        second.released(Optional.empty());
        assertThat(end.isWaiting()).isTrue();
        first.released(Optional.empty());

        assertThat(end.result()).isEmpty();
        assertThat(parts.hasNext()).isFalse();
        assertThatThrownBy(() -> parts.next()).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void countsTheSourceOnlyWhenItsRowsAreAtTheirEndAndClosesItThen() throws Exception {
        Counting rows = new Counting(5);
        parts = parts(rows, 10, Long.MAX_VALUE);
        Part part = parts.next();
        encode(part);
        part.released(Optional.empty());
        assertThat(run.rows(Point.FILES)).hasValue(5);
        assertThat(run.rows(Point.SOURCE)).isEmpty();
        assertThat(rows.isClosed()).isFalse();

        assertThat(parts.next()).isNull();

        assertThat(run.rows(Point.SOURCE)).hasValue(5);
        assertThat(rows.isClosed()).isTrue();
    }

    @Test
    void issuesNoPartAfterOneThatItCouldNotIssue() {
        AtomicInteger reads = new AtomicInteger();
        CaravanException gone = new CaravanException(Category.CONFIG, "The ledger is gone.");
        parts = parts(
                new Counting(15, row -> {
                    if (reads.getAndIncrement() == 0) {
                        throw gone;
                    }
                }),
                10,
                Long.MAX_VALUE);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> parts.next())
                    .isInstanceOf(CaravanException.class)
                    .hasMessage("The ledger is gone.")
                    .extracting("category")
                    .isEqualTo(Category.CONFIG);
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void endsAPartAtItsBytes() throws Exception {
        parts = parts(new Counting(1000), Long.MAX_VALUE, 4);

        Part part = parts.next();

        assertThat(part.isFull(3)).isFalse();
        assertThat(part.isFull(4)).isTrue();
    }

    @Test
    void deletesAPartsFileWhenItIsDone() throws Exception {
        Part part = parts.next();
        encode(part);
        assertThat(part.file()).exists().hasParent(directory);

        part.released(Optional.empty());

        assertThat(part.file()).doesNotExist();
    }

    @Test
    void deletesAPartsFileWhenItFailed() throws Exception {
        Part part = parts.next();
        try (OutputStream output = part.output(OutputStream.nullOutputStream())) {
            output.write(1);
        }

        part.failed(new IllegalStateException("no room"));

        assertThat(part.file()).doesNotExist();
        assertThat(run.parts()).isEmpty();
    }

    @Test
    void deletesTheFilesOfAllPartsUnderWayWhenClosed() throws Exception {
        encode(parts.next());
        encode(parts.next());
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(2);
        }

        parts.close();

        assertThat(directory).isEmptyDirectory();
        assertThat(parts.hasNext()).isFalse();
    }

    @Test
    void failsTheSplitterAndTheNextEncoderOnceAPartFailed() throws Exception {
        Part first = parts.next();
        encode(first);
        Part second = parts.next();
        RowStream rows = second.rows();

        first.failed(new CaravanException(Category.STAGE, "the bucket is gone"));

        assertThatThrownBy(() -> rows.read(10))
                .isInstanceOf(CaravanException.class)
                .hasMessage("the bucket is gone");
        assertThatThrownBy(() -> parts.next())
                .isInstanceOf(CaravanException.class)
                .hasMessage("the bucket is gone");
    }

    @Test
    void tellsTheFirstFailure() throws Exception {
        Part part = parts.next();
        part.failed(new CaravanException(Category.SOURCE, "the first"));
        part.failed(new CaravanException(Category.STAGE, "the second"));

        assertThatThrownBy(() -> parts.next())
                .hasMessage("the first")
                .extracting("category")
                .isEqualTo(Category.SOURCE);
    }

    @Test
    void doesNotMissAnUploadThatFailsWhileTheEndIsRead() throws Exception {
        Part[] first = new Part[1];
        parts = parts(
                new Counting(5, given -> {
                    if (given == 5) {
                        first[0].failed(new CaravanException(Category.STAGE, "the bucket is gone"));
                    }
                }),
                5,
                Long.MAX_VALUE);
        first[0] = parts.next();
        encode(first[0]);

        assertThatThrownBy(() -> parts.next())
                .isInstanceOf(CaravanException.class)
                .hasMessage("the bucket is gone");
    }

    @Test
    void wakesAThreadThatWaitsForAnEncoderWhenClosed() throws Exception {
        parts.next();
        Waiting<Part> second = new Waiting<>(() -> parts.next());
        assertThat(second.isWaiting()).isTrue();

        parts.close();

        assertThatThrownBy(second::result)
                .hasCauseInstanceOf(CaravanException.class)
                .hasRootCauseMessage("The run ended while it staged its parts.");
    }

    @Test
    void wakesAThreadThatWaitsForUploadsWhenClosed() throws Exception {
        encode(parts.next());
        encode(parts.next());
        Waiting<Optional<Part>> end = new Waiting<>(() -> Optional.ofNullable(parts.next()));
        assertThat(end.isWaiting()).isTrue();

        parts.close();

        assertThatThrownBy(end::result)
                .cause()
                .isInstanceOf(CaravanException.class)
                .extracting("category")
                .isEqualTo(Category.INTERRUPTED);
    }

    @Test
    void stopsWaitingWhenInterrupted() throws Exception {
        parts.next();
        Waiting<Part> second = new Waiting<>(() -> parts.next());
        assertThat(second.isWaiting()).isTrue();

        second.thread.interrupt();

        assertThatThrownBy(second::result)
                .cause()
                .isInstanceOf(CaravanException.class)
                .extracting("category")
                .isEqualTo(Category.INTERRUPTED);
    }

    @Test
    void ordersStepsAsTheyBegin() throws Exception {
        run.begin(Step.EXTRACT);
        parts.next();

        assertThat(run.current()).isEqualTo(Step.STAGE);
    }

    @Test
    void namesAPartByItsFilesFormat() {
        Part part = parts.next();
        assertThat(part).hasToString("part 1");

        part.format(new CsvDataFormat().fileFormat(parts.columns()));

        assertThat(part.key()).isEqualTo("prefix/p/" + run.id() + "/part-00001.csv");
        assertThat(part).hasToString("part 1 (" + part.key() + ")");
    }

    @Test
    void refusesPartsOfTwoFormats() throws Exception {
        Part first = parts.next();
        first.format(new CsvDataFormat().fileFormat(parts.columns()));
        encode(first);
        Part second = parts.next();

        assertThatThrownBy(() -> second.format(new AvroDataFormat().fileFormat(parts.columns())))
                .hasMessageContaining("one is csv (FORMAT AS CSV")
                .hasMessageContaining("one is avro (FORMAT AS AVRO 'auto')");
    }

    private Parts parts(RowStream rows, long maxRows, long maxBytes) {
        return new Parts(
                run,
                rows,
                new TableSummary(rows.columns()),
                Keys.of("prefix", run),
                directory,
                new PartOptions(maxRows, maxBytes, 0, 4));
    }

    private static void encode(Part part) throws IOException {
        long count = 0;
        try (OutputStream output = part.output(OutputStream.nullOutputStream())) {
            RowStream rows = part.rows();
            for (Batch batch = rows.read(100); batch.rows() > 0; batch = rows.read(100)) {
                count += batch.rows();
                output.write(new byte[batch.rows()]);
                if (part.isFull(count)) {
                    break;
                }
            }
        }
        part.encoded(count, count);
    }

    /** A call on a thread of its own. */
    private static final class Waiting<T> {
        private final FutureTask<T> task;
        private final Thread thread;

        Waiting(java.util.concurrent.Callable<T> call) {
            task = new FutureTask<>(call);
            thread = new Thread(task, "waiting");
            thread.setDaemon(true);
            thread.start();
        }

        /** Whether the call comes to wait; false if it ends instead. */
        boolean isWaiting() {
            await().until(() -> thread.getState() == Thread.State.WAITING
                    || thread.getState() == Thread.State.TIMED_WAITING
                    || thread.getState() == Thread.State.TERMINATED);
            return thread.isAlive();
        }

        T result() throws ExecutionException, InterruptedException {
            return task.get();
        }
    }
}
