package org.caravan.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.SplitDefinition;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.verify.TableSummary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real streaming, parallel Camel split makes of parts, with an encoder that is watched and with steps that fail. */
@Timeout(30)
class PartFailuresTest {
    @TempDir
    private Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Run run = new Run(RunId.at(Instant.EPOCH), "p", Instant.EPOCH);
    private final NumberFormat format = new NumberFormat();
    private String marshaller = "numbers";
    private boolean handled;
    private boolean wentOn;

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest(name = "{0} rows in parts of {1} on {2} threads")
    @CsvSource({
        "0, 10, 2",
        "1, 10, 2",
        "10, 10, 2",
        "11, 10, 2",
        "20, 10, 4",
        "1000, 7, 2",
        "1000, 7, 4",
        "1000, 1, 4",
        "5, 1000, 4"
    })
    void encodesEachRowOnceAndOnePartAtATime(long rows, long maxRows, int threads) throws Exception {
        Exchange exchange = send(new Counting(rows), maxRows, threads, split -> upload(split, part -> {}));

        assertThat(exchange.getException()).isNull();
        assertThat(format.everOverlapped()).isFalse();
        assertThat(format.parts()).allSatisfy(part -> assertThat(part).hasSizeBetween(1, (int) maxRows));
        assertThat(format.parts().stream().flatMap(List::stream))
                .containsExactlyElementsOf(LongStream.range(0, rows).boxed().toList());
        assertThat(run.rows(Point.SOURCE)).hasValue(rows);
        assertThat(run.rows(Point.FILES).orElse(0)).isEqualTo(rows);
        assertThat(wentOn).isTrue();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void encodesAheadOfUploadsOnEveryOtherThread() throws Exception {
        CountDownLatch uploading = new CountDownLatch(3);

        Exchange exchange = send(
                new Counting(40),
                10,
                4,
                split -> upload(split, part -> {
                    uploading.countDown();
                    if (!uploading.await(20, TimeUnit.SECONDS)) {
                        throw new IllegalStateException("no three uploads at once");
                    }
                }));

        assertThat(exchange.getException()).isNull();
        assertThat(format.everOverlapped()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5, 10, 55, 99})
    void failsWithTheEncoderThatFails(long number) throws Exception {
        format.failAt(number);

        send(new Counting(100), 10, 2, split -> upload(split, part -> {}));

        assertFailedWith(number + " cannot be encoded");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void failsWithTheUploadThatFails(int number) throws Exception {
        send(new Counting(100), 10, 4, split -> upload(split, failing(number)));

        assertFailedWith("part " + number + " was refused");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void failsWithAnErrorOfTheVirtualMachine(int number) throws Exception {
        send(
                new Counting(100),
                10,
                4,
                split -> upload(split, part -> {
                    if (part.getProperty("CaravanPart", Part.class).number() == number) {
                        throw new NoClassDefFoundError("part " + number);
                    }
                }));

        assertFailedWith("part " + number);
    }

    /** The splitter asks for the rows' first batch on a thread of its own, where it catches no Error. */
    @ParameterizedTest
    @ValueSource(longs = {0, 10, 55})
    void failsWithAnErrorOfTheSource(long row) throws Exception {
        Counting rows = new Counting(100, given -> {
            if (given >= row) {
                throw new AssertionError("row " + given + " is wrong");
            }
        });

        send(rows, 10, 4, split -> upload(split, part -> {}));

        assertFailedWith("is wrong");
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 55, 99})
    void failsAlthoughTheRouteHandlesTheEncodersFailure(long number) throws Exception {
        handled = true;
        format.failAt(number);

        send(new Counting(100), 10, 2, split -> upload(split, part -> {}));

        assertFailedWith(number + " cannot be encoded");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void failsAlthoughTheRouteHandlesAFailureBetweenTheEncoderAndTheUpload(int number) throws Exception {
        handled = true;
        marshaller = "parquet";

        send(new Counting(100), 10, 2, split -> split.process(failing(number)).to("caravan-stage:part"));

        assertFailedWith("part " + number + " was refused");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void failsWithAStepBetweenTheEncoderAndTheUpload(int number) throws Exception {
        marshaller = "parquet";

        send(new Counting(100), 10, 2, split -> split.process(failing(number)).to("caravan-stage:part"));

        assertFailedWith("part " + number + " was refused");
    }

    private void assertFailedWith(String message) {
        // The exchange itself may have no exception any more, if a route handled it.
        assertThat(run.failure())
                .hasValueSatisfying(failure -> assertThat(failure).hasStackTraceContaining(message));
        assertThat(wentOn).isFalse();
        // A part that was under way is given up by its own thread.
        await().untilAsserted(() -> assertThat(directory).isEmptyDirectory());
    }

    private static Processor failing(int number) {
        return part -> {
            Part failing = part.getProperty("CaravanPart", Part.class);
            if (failing.number() == number) {
                throw new CaravanException(Category.STAGE, "part " + number + " was refused");
            }
        };
    }

    /** The split's usual end: the part's file goes to a bucket. */
    private static void upload(SplitDefinition split, Processor upload) {
        split.to("caravan-stage:part")
                .process(part -> {
                    assertThat(part.getMessage().getBody(java.io.File.class)).isNotEmpty();
                    assertThat(part.getMessage().getHeader(AWS2S3Constants.KEY, String.class))
                            .startsWith("prefix/p/");
                })
                .process(upload);
    }

    private Exchange send(Counting rows, long maxRows, int threads, Consumer<SplitDefinition> steps) throws Exception {
        Parts parts = new Parts(
                run,
                rows,
                new TableSummary(rows.columns()),
                Keys.of("prefix", run),
                directory,
                new PartOptions(maxRows, Long.MAX_VALUE, 0, 4));
        context.getRegistry().bind("numbers", format);
        context.getExecutorServiceManager()
                .registerThreadPoolProfile(new ThreadPoolProfileBuilder("uploads")
                        .poolSize(threads)
                        .maxPoolSize(threads)
                        .maxQueueSize(100)
                        .build());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                if (handled) {
                    onException(Exception.class).handled(true);
                }
                SplitDefinition split = from("direct:split")
                        .split(body())
                        .streaming()
                        .parallelProcessing()
                        .stopOnException()
                        .executorService("uploads");
                split.marshal().custom(marshaller);
                steps.accept(split);
                split.end().process(exchange -> wentOn = true);
            }
        });
        context.start();
        try (parts) {
            return context.createProducerTemplate()
                    .send("direct:split", exchange -> exchange.getMessage().setBody(parts));
        }
    }
}
