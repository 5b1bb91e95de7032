package org.caravan.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravan.format.FormatConstants;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.StagedPart;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.RowStream;
import org.caravan.verify.TableSummary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts in a real streaming, parallel Camel split, with the real Parquet format. */
@Timeout(60)
class PartsInASplitTest {
    @TempDir
    private Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Run run = new Run(RunId.at(Instant.EPOCH), "p", Instant.EPOCH);
    private final AtomicInteger uploads = new AtomicInteger();

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 2",
        "1, 10, 2",
        "10, 10, 2",
        "11, 10, 2",
        "9999, 100, 2",
        "9999, 1000, 4",
        "5000, 5000, 4",
        "5000, 9999, 4"
    })
    void putsEveryRowIntoExactlyOnePart(long rows, long maxRows, int threads) throws Exception {
        Numbers numbers = new Numbers(rows);
        Exchange exchange = split(numbers, maxRows, threads, upload -> {});

        assertThat(exchange.getException()).isNull();
        assertThat(run.parts()).hasSize((int) ((rows + maxRows - 1) / maxRows));
        assertThat(run.parts()).allSatisfy(part -> assertThat(part.rows()).isBetween(1L, maxRows));
        assertThat(run.parts().stream().mapToLong(StagedPart::rows).sum()).isEqualTo(rows);
        assertThat(run.rows(Point.SOURCE)).hasValue(rows);
        assertThat(uploads).hasValue(run.parts().size());
        assertThat(numbers.readByTwo).isFalse();
        assertThat(numbers.closed).isTrue();
        assertThat(filesLeft()).isZero();
    }

    @Test
    void encodesTheNextPartWhileOneIsUploaded() throws Exception {
        CountDownLatch secondEncoded = new CountDownLatch(1);
        Exchange exchange = split(new Numbers(20), 10, 4, upload -> {
            if (upload.getMessage().getHeader("CamelAwsS3Key", String.class).endsWith("part-00002.parquet")) {
                secondEncoded.countDown();
            } else if (!secondEncoded.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("part 2 was not encoded while part 1 was uploaded");
            }
        });

        assertThat(exchange.getException()).isNull();
    }

    @Test
    void failsWithTheUploadThatFails() throws Exception {
        Exchange exchange = split(new Numbers(1000), 10, 3, upload -> {
            if (uploads.get() == 5) {
                throw new CaravanException(Category.STAGE, "the bucket is gone");
            }
        });

        assertThat(exchange.getException()).hasStackTraceContaining("the bucket is gone");
        assertThat(run.rows(Point.SOURCE)).isEmpty();
    }

    @Test
    void failsWithTheSourceThatFails() throws Exception {
        Numbers numbers = new Numbers(1000);
        numbers.failAt = 500;

        Exchange exchange = split(numbers, 100, 2, upload -> {});

        assertThat(exchange.getException()).hasStackTraceContaining("the source is gone");
        assertThat(run.rows(Point.SOURCE)).isEmpty();
    }

    private Exchange split(Numbers numbers, long maxRows, int threads, Processor upload) throws Exception {
        Parts parts = new Parts(
                run,
                numbers,
                new TableSummary(numbers.columns()),
                Keys.of("prefix", run),
                directory,
                new PartOptions(maxRows, Long.MAX_VALUE, 0, 4));
        context.getExecutorServiceManager()
                .registerThreadPoolProfile(new ThreadPoolProfileBuilder("uploads")
                        .poolSize(threads)
                        .maxPoolSize(threads)
                        .maxQueueSize(100)
                        .build());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:split")
                        .split(body())
                        .streaming()
                        .parallelProcessing()
                        .stopOnException()
                        .executorService("uploads")
                        .marshal()
                        .custom("parquet")
                        .to("caravan-stage:part")
                        .process(exchange -> {
                            uploads.incrementAndGet();
                            assertThat(exchange.getProperty(FormatConstants.PART))
                                    .isNotNull();
                        })
                        .process(upload)
                        .end();
            }
        });
        context.start();
        try (parts) {
            return context.createProducerTemplate()
                    .send("direct:split", exchange -> exchange.getMessage().setBody(parts));
        }
    }

    private long filesLeft() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The numbers from 0, some rows at a time; notices two readers at once. */
    private static final class Numbers implements RowStream {
        private final Columns columns = new Columns(List.of(new Column("n", new ColumnType.Int(8), false)));
        private final Batch batch = new Batch(columns);
        private final AtomicLong next = new AtomicLong();
        private final AtomicReference<Thread> reader = new AtomicReference<>();
        private final AtomicBoolean readByTwo = new AtomicBoolean();
        private final AtomicBoolean closed = new AtomicBoolean();
        private final long rows;
        private long failAt = Long.MAX_VALUE;

        Numbers(long rows) {
            this.rows = rows;
        }

        @Override
        public Columns columns() {
            return columns;
        }

        @Override
        public Batch read(int maxRows) {
            if (!reader.compareAndSet(null, Thread.currentThread())) {
                readByTwo.set(true);
            }
            batch.clear();
            int count = (int) Math.min(Math.min(maxRows, 7), rows - next.get());
            for (int row = 0; row < count; row++) {
                if (next.get() == failAt) {
                    throw new CaravanException(Category.SOURCE, "the source is gone");
                }
                batch.longs(0).set(row, next.getAndIncrement());
            }
            batch.setRows(count);
            reader.set(null);
            return batch;
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }
}
