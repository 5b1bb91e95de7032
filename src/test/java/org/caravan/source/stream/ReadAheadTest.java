package org.caravan.source.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
    private static final String THREAD = "read-ahead-test";

    private final AtomicLong progress = new AtomicLong();

    @AfterEach
    void leavesNoThread() {
        await().atMost(Duration.ofSeconds(5)).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals(THREAD)));
    }

    @Test
    void givesEveryRowOnceInOrderHoweverManyAreWanted() {
        for (int wanted : new int[] {1, 7, 2047, 2048, 2049, 5000}) {
            Numbers numbers = new Numbers(10_000);
            List<Long> read = new ArrayList<>();
            try (ReadAhead rows = new ReadAhead(numbers, THREAD, progress::addAndGet)) {
                for (Batch batch = rows.read(wanted); batch.rows() > 0; batch = rows.read(wanted)) {
                    assertThat(batch.rows()).isLessThanOrEqualTo(wanted);
                    for (int row = 0; row < batch.rows(); row++) {
                        long number = batch.longs(0).get(row);
                        read.add(number);
                        assertThat(batch.vector(1).isNull(row)).isEqualTo(number % 3 == 0);
                        if (number % 3 != 0) {
                            assertThat(batch.bytes(1).text(row)).isEqualTo("n" + number);
                        }
                    }
                }
                assertThat(rows.read(1).rows()).isZero();
            }
            assertThat(read).hasSize(10_000).isSorted().doesNotHaveDuplicates();
            assertThat(progress.getAndSet(0)).isEqualTo(10_000);
        }
    }

    @Test
    void readsTwoBatchesAheadAndThenWaits() {
        Numbers numbers = new Numbers(1_000_000);
        try (ReadAhead rows = new ReadAhead(numbers, THREAD, progress::addAndGet)) {
            Batch first = rows.read(2048);
            await().untilAsserted(() -> assertThat(numbers.fills).hasValue(3));

            assertThat(first.longs(0).get(0)).isZero();
            assertThat(first.longs(0).get(2047)).isEqualTo(2047);
            assertThat(progress).hasValue(2048);
            rows.read(2048);
            await().untilAsserted(() -> assertThat(numbers.fills).hasValue(4));
        }
    }

    @Test
    void throwsWhatTheReaderFailsWithAfterTheRowsBefore() {
        Numbers numbers = new Numbers(5000);
        numbers.failure = new CaravanException(Category.SOURCE, "The source is gone.");
        try (ReadAhead rows = new ReadAhead(numbers, THREAD, progress::addAndGet)) {
            assertThat(rows.read(2048).rows()).isEqualTo(2048);
            assertThat(rows.read(2048).rows()).isEqualTo(2048);
            assertThat(rows.read(2048).rows()).isEqualTo(904);
            assertThatThrownBy(() -> rows.read(2048)).isSameAs(numbers.failure);
            assertThatThrownBy(() -> rows.read(2048)).isSameAs(numbers.failure);
        }
    }

    @Test
    void throwsAnErrorToo() {
        Numbers numbers = new Numbers(0);
        numbers.error = new OutOfMemoryError("in a test");
        try (ReadAhead rows = new ReadAhead(numbers, THREAD, progress::addAndGet)) {
            assertThatThrownBy(() -> rows.read(2048)).isSameAs(numbers.error);
        }
    }

    @Test
    void endsAReadThatWaitsWhenItIsClosed() throws Exception {
        Numbers numbers = new Numbers(1000);
        numbers.hangs = true;
        ReadAhead rows = new ReadAhead(numbers, THREAD, progress::addAndGet);
        assertThat(rows.read(2048).rows()).isEqualTo(1000);
        CompletableFuture<Integer> waiting =
                CompletableFuture.supplyAsync(() -> rows.read(2048).rows());
        await().untilAsserted(() -> assertThat(numbers.fills).hasValue(2));

        long begin = System.nanoTime();
        rows.close();

        assertThat(waiting)
                .failsWithin(1, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        CaravanException.class, e -> assertThat(e.category()).isEqualTo(Category.INTERRUPTED));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThatThrownBy(() -> rows.read(1)).isInstanceOf(CaravanException.class);
    }

    @Test
    void closesTheReaderOnceAndBeforeAnyRead() {
        Numbers numbers = new Numbers(10);
        ReadAhead rows = new ReadAhead(numbers, THREAD, progress::addAndGet);

        rows.close();
        rows.close();

        assertThat(numbers.closes).hasValue(1);
        assertThat(numbers.fills).hasValue(0);
    }

    @Test
    void closesWhileTheReaderWaitsForAFreeBatch() {
        Numbers numbers = new Numbers(1_000_000);
        ReadAhead rows = new ReadAhead(numbers, THREAD, progress::addAndGet);
        rows.read(2048);
        await().untilAsserted(() -> assertThat(numbers.fills).hasValue(3));

        rows.close();

        assertThat(numbers.closes).hasValue(1);
    }

    @Test
    void givesEveryRowOfSeveralReadersOnce() {
        List<Numbers> readers = List.of(new Numbers(5000), new Numbers(0), new Numbers(1), new Numbers(10_000));
        Map<Long, Integer> seen = new HashMap<>();
        try (ReadAhead rows = new ReadAhead(List.copyOf(readers), THREAD, progress::addAndGet)) {
            for (Batch batch = rows.read(1500); batch.rows() > 0; batch = rows.read(1500)) {
                for (int row = 0; row < batch.rows(); row++) {
                    seen.merge(batch.longs(0).get(row), 1, Integer::sum);
                }
            }
            assertThat(rows.read(1).rows()).isZero();
        }
        assertThat(progress).hasValue(15_001);
        assertThat(seen)
                .hasSize(10_000)
                .containsEntry(0L, 3)
                .containsEntry(4999L, 2)
                .containsEntry(5000L, 1);
        assertThat(readers).allSatisfy(reader -> assertThat(reader.closes).hasValue(1));
    }

    @Test
    void readsEachReaderNoFurtherThanTheBatchesGo() {
        List<Numbers> readers = List.of(new Numbers(1_000_000), new Numbers(1_000_000), new Numbers(1_000_000));
        try (ReadAhead rows = new ReadAhead(List.copyOf(readers), THREAD, progress::addAndGet)) {
            rows.read(2048);

            // One in use, one spare, one for each reader.
            await().untilAsserted(() -> assertThat(fills(readers)).isEqualTo(5));
            rows.read(2048);
            await().untilAsserted(() -> assertThat(fills(readers)).isEqualTo(6));
        }
    }

    private static int fills(List<Numbers> readers) {
        return readers.stream().mapToInt(reader -> reader.fills.get()).sum();
    }

    @Test
    void throwsTheFirstFailureAndEndsTheOtherReaders() {
        Numbers failing = new Numbers(100);
        failing.failure = new CaravanException(Category.SOURCE, "The source is gone.");
        Numbers hanging = new Numbers(10);
        hanging.hangs = true;
        ReadAhead rows = new ReadAhead(List.of(hanging, failing), THREAD, progress::addAndGet);

        assertThatThrownBy(() -> {
                    while (rows.read(2048).rows() > 0) {
                        assertThat(progress.get()).isLessThanOrEqualTo(110);
                    }
                })
                .isSameAs(failing.failure);
        rows.close();

        assertThatThrownBy(() -> rows.read(1)).isInstanceOf(CaravanException.class);
        assertThat(List.of(hanging, failing))
                .allSatisfy(reader -> assertThat(reader.closes).hasValue(1));
    }

    /** Counts from 0; every third row has no text. */
    private static final class Numbers implements BatchReader {
        private final Columns columns = new Columns(
                List.of(new Column("n", new ColumnType.Int(8), false), new Column("t", new ColumnType.Text(20), true)));
        private final long rows;
        private final AtomicInteger fills = new AtomicInteger();
        private final AtomicInteger closes = new AtomicInteger();
        private final CountDownLatch closed = new CountDownLatch(1);
        private RuntimeException failure;
        private Error error;
        private boolean hangs;
        private long next;

        Numbers(long rows) {
            this.rows = rows;
        }

        @Override
        public Columns columns() {
            return columns;
        }

        @Override
        public void fill(Batch batch, int maxRows) {
            fills.incrementAndGet();
            batch.clear();
            int row = 0;
            for (; row < maxRows && next < rows; row++, next++) {
                batch.longs(0).set(row, next);
                if (next % 3 == 0) {
                    batch.vector(1).setNull(row);
                } else {
                    byte[] text = ("n" + next).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                    batch.bytes(1).append(row, text, 0, text.length);
                }
            }
            batch.setRows(row);
            if (row == 0) {
                end();
            }
        }

        private void end() {
            if (failure != null) {
                throw failure;
            }
            if (error != null) {
                throw error;
            }
            if (hangs) {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                throw new CaravanException(Category.INTERRUPTED, "Closed.");
            }
        }

        @Override
        public void close() {
            closes.incrementAndGet();
            closed.countDown();
        }
    }
}
