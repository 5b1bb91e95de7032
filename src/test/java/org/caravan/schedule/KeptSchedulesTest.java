package org.caravan.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravan.ledger.Fire;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Schedules;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.StartedBy;
import org.caravan.ledger.store.JdbcLedger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Schedules with a ledger: two services here have a Quartz of their own each, and share nothing but the ledger. */
class KeptSchedulesTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final String EVERY_SECOND = "cron=RAW(* * * * * ?)";

    private final JdbcDataSource database = new JdbcDataSource();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Schedules schedules;

    @BeforeEach
    void open(TestInfo test) {
        database.setUrl("jdbc:h2:mem:" + test.getTestMethod().orElseThrow().getName() + ";DB_CLOSE_DELAY=-1");
        JdbcLedger ledger = ledger();
        ledger.open();
        schedules = ledger.schedules().orElseThrow();
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void runsEachTimeOnceThoughTwoServicesWouldRunIt() throws Exception {
        List<Instant> due = new CopyOnWriteArrayList<>();
        route(service(), "ticks", EVERY_SECOND, due);
        route(service(), "ticks", EVERY_SECOND, due);

        await().until(() -> due.size() >= 5);

        assertThat(due).doesNotHaveDuplicates();
    }

    @Test
    void runsNothingOfAPipelineThatIsPausedUntilItIsNot() throws Exception {
        List<Instant> due = new CopyOnWriteArrayList<>();
        List<Instant> other = new CopyOnWriteArrayList<>();
        CamelContext service = service();
        schedules.pause("paused", "");
        route(service, "paused", EVERY_SECOND, due);
        route(service, "other", EVERY_SECOND, other);

        await().until(() -> other.size() >= 3);
        assertThat(due).isEmpty();

        schedules.unpause("paused");
        await().until(() -> due.size() >= 2);
    }

    @Test
    void makesUpOnceForTimesThatWereMissedWhileNoServiceWasUp() throws Exception {
        List<Instant> due = new CopyOnWriteArrayList<>();
        List<Instant> skipped = new CopyOnWriteArrayList<>();
        Timetable daily = Timetable.of(Cron.parse("0 6 * * *"), ZoneId.of("UTC"));
        for (String pipeline : List.of("missed", "skipped")) {
            schedules.since(pipeline, TimetableText.of(daily));
        }
        execute("UPDATE caravan_schedule SET since = DATEADD('DAY', -3, since)");

        CamelContext service = service();
        route(service, "skipped", "cron=0 6 * * *&misfire=skip", skipped);
        route(service, "missed", "cron=0 6 * * *", due);

        await().until(() -> !due.isEmpty());
        assertThat(due).containsExactly(daily.atOrBefore(Instant.now()).orElseThrow());
        assertThat(skipped).isEmpty();
    }

    @Test
    void goesOnAtItsStartWithTheRunThatTheServiceBeforeDidNotEnd() throws Exception {
        List<String> interrupted = new CopyOnWriteArrayList<>();
        Fire fire = Fire.at("killed", Instant.now().truncatedTo(ChronoUnit.SECONDS));
        Run run;
        try (JdbcLedger dying =
                new JdbcLedger(database, new Origin("gone", 7, "ada", StartedBy.SCHEDULE, ""), Secrets.NONE, SHORT)) {
            dying.schedules().orElseThrow().take(fire, Schedules.Attempt.FIRST);
            Instant now = Instant.now();
            run = new Run(RunId.at(now), "killed", now);
            dying.begin(run);
        }

        CamelContext service = service();
        service.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("caravan-schedule:killed?cron=0 0 1 1 *&misfire=skip")
                        .routeId("killed")
                        .process(exchange -> {
                            Runs.of(service).begin(exchange, "killed");
                            interrupted.add(exchange.getMessage().getHeader(ScheduleConstants.DUE, Instant.class)
                                    + " "
                                    + exchange.getMessage().getHeader(ScheduleConstants.INTERRUPTED_RUN, String.class));
                        });
            }
        });

        await().untilAsserted(() -> assertThat(
                        count("SELECT COUNT(*) FROM caravan_fire WHERE pipeline = 'killed' AND state = 'done'"))
                .isEqualTo(1));
        assertThat(interrupted).containsExactly(fire.due() + " " + run.id());
        assertThat(count("SELECT COUNT(*) FROM caravan_resumption WHERE interrupted = '" + run.id() + "'"))
                .isEqualTo(1);
    }

    @Test
    void makesUpForNothingAfterAChangeOfTheTimetable() throws Exception {
        List<Instant> due = new CopyOnWriteArrayList<>();
        List<Instant> other = new CopyOnWriteArrayList<>();
        schedules.since("changed", "another");
        execute("UPDATE caravan_schedule SET since = DATEADD('DAY', -3, since)");

        CamelContext service = service();
        route(service, "changed", "cron=0 6 * * *", due);
        route(service, "other", EVERY_SECOND, other);

        await().until(() -> other.size() >= 2);
        assertThat(due).isEmpty();
    }

    @Test
    void runsAPipelineAfterAllThatItFollows() throws Exception {
        List<Instant> report = new CopyOnWriteArrayList<>();
        List<Instant> summary = new CopyOnWriteArrayList<>();
        List<Instant> ignored = new CopyOnWriteArrayList<>();
        CamelContext service = service();
        route(service, "report", "after=customers,orders", report);
        route(service, "summary", "after=group:nightly", summary);
        route(service, "customers", "group=nightly&cron=0 0 1 1 *", ignored);
        route(service, "orders", "group=nightly&cron=0 0 1 1 *", ignored);
        await().untilAsserted(() ->
                assertThat(count("SELECT COUNT(*) FROM caravan_follow")).isEqualTo(4));

        run(service, "customers");
        run(service, "customers");
        assertThat(report).isEmpty();
        run(service, "orders");

        await().until(() -> report.size() == 1 && summary.size() == 1);
        await().untilAsserted(() -> assertThat(count("SELECT COUNT(*) FROM caravan_fire WHERE state = 'done'"))
                .isEqualTo(2));
    }

    @Test
    void startsNothingThatFollowsInABlackout() throws Exception {
        List<Instant> never = new CopyOnWriteArrayList<>();
        List<Instant> due = new CopyOnWriteArrayList<>();
        CamelContext service = service();
        route(service, "never", "after=customers&blackout=00:00-00:00", never);
        route(service, "report", "after=customers", due);
        await().untilAsserted(() ->
                assertThat(count("SELECT COUNT(*) FROM caravan_follow")).isEqualTo(2));

        run(service, "customers");

        await().until(() -> !due.isEmpty());
        assertThat(never).isEmpty();
    }

    private JdbcLedger ledger() {
        JdbcLedger ledger =
                new JdbcLedger(database, Origin.here(StartedBy.SCHEDULE, ""), Secrets.NONE, Duration.ofMinutes(1));
        opened.add(ledger);
        return ledger;
    }

    private CamelContext service() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("ledger", ledger());
        context.start();
        opened.add(context);
        return context;
    }

    /** A route of one run, which notes for what time it is. */
    private static void route(CamelContext context, String pipeline, String options, List<Instant> due)
            throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("caravan-schedule:" + pipeline + "?" + options)
                        .routeId(pipeline)
                        .process(exchange -> {
                            Runs.of(context).begin(exchange, pipeline);
                            due.add(exchange.getMessage().getHeader(ScheduleConstants.DUE, Instant.class));
                        });
            }
        });
    }

    /** Runs a pipeline, as the command line does. */
    private static void run(CamelContext context, String pipeline) throws Exception {
        String id = "by-hand-" + pipeline;
        if (context.getRoute(id) == null) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:" + id).routeId(id).process(exchange -> Runs.of(context)
                            .begin(exchange, pipeline));
                }
            });
        }
        context.createProducerTemplate().requestBody("direct:" + id, "");
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
