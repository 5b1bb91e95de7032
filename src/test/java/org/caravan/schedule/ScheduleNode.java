package org.caravan.schedule;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravan.OtherJvm;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.StagedFiles;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.StartedBy;
import org.caravan.ledger.Step;
import org.caravan.ledger.store.JdbcLedger;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;

/**
 * A node of a cluster in a process of its own: serves pipeline "ticks", whose runs stage a part and then take a second to load it, and
 * says {@code begin <due> <interrupted run, or -> <run> <key of its part>} before it loads and {@code end <due>} of each. It ends when
 * it is killed.
 */
public final class ScheduleNode implements AutoCloseable {
    static final String PIPELINE = "ticks";
    private static final Duration LOCK_EXPIRY = Duration.ofSeconds(4);

    private final OtherJvm jvm;

    ScheduleNode(String url, String cron) throws IOException {
        jvm = new OtherJvm(ScheduleNode.class, url, cron);
    }

    /** The next line that the node says; waits for it. */
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

    public static void main(String[] arguments) throws Exception {
        PrintStream lines = System.out;
        // Logging of the libraries goes to standard output as well.
        System.setOut(System.err);
        JdbcLedger ledger = new JdbcLedger(
                ScheduleDatabase.at(arguments[0]), Origin.here(StartedBy.SCHEDULE, ""), Secrets.NONE, LOCK_EXPIRY);
        DefaultCamelContext context = ScheduleDatabase.node(arguments[0], ledger);
        CountDownLatch never = new CountDownLatch(1);
        // The part lies in no bucket, but it would be whole.
        Runs.of(context).setFilesCheck((manifest, parts) -> List.of());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("caravan-schedule:" + PIPELINE + "?cron=RAW(" + arguments[1] + ")")
                        .routeId(PIPELINE)
                        .process(exchange -> {
                            Run run = Runs.of(context).begin(exchange, PIPELINE);
                            if (run.recovery().resumption().isEmpty()) {
                                stage(run);
                            }
                            run.begin(Step.LOAD);
                            Instant due = exchange.getMessage().getHeader(ScheduleConstants.DUE, Instant.class);
                            lines.println("begin " + due + " "
                                    + exchange.getMessage()
                                            .getHeader(ScheduleConstants.INTERRUPTED_RUN, "-", String.class)
                                    + " " + run.id() + " " + run.parts().get(0).key());
                            never.await(1, TimeUnit.SECONDS);
                            lines.println("end " + due);
                        });
            }
        });
        context.start();
        lines.println("up");
        never.await();
    }

    /** Notes a part with this process in its key. */
    private static void stage(Run run) {
        run.addPart(new StagedPart(1, "part-of-" + ProcessHandle.current().pid(), 1, 1, 1));
        run.setManifest("s3://bucket/caravan/manifest");
        run.recovery()
                .setFiles(new StagedFiles(
                        new Columns(List.of(new Column("id", new ColumnType.Int(8), true))),
                        Optional.empty(),
                        Optional.empty(),
                        ""));
    }
}
