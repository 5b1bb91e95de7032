package org.caravan.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.TriggerKey;

/** The component in a Camel of its own. */
class ScheduleRoutesTest {
    private static final String EVERY_SECOND = "cron=RAW(* * * * * ?)";

    private final CamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void startsARouteAtItsTimesAndTellsWhichItIs() throws Exception {
        List<Instant> due = new CopyOnWriteArrayList<>();
        route("ticks", EVERY_SECOND, message -> due.add(message.getHeader(ScheduleConstants.DUE, Instant.class)));
        context.start();

        Awaitility.await().until(() -> due.size() >= 3);

        assertThat(due)
                .allMatch(time -> time.equals(time.truncatedTo(ChronoUnit.SECONDS)))
                .doesNotHaveDuplicates();
    }

    @Test
    void goesOnAfterARunThatFailed() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        route("fails", EVERY_SECOND, message -> {
            runs.incrementAndGet();
            throw new IllegalStateException("on purpose");
        });
        context.start();

        Awaitility.await().untilAtomic(runs, Matchers.greaterThan(1));
    }

    @Test
    void neverRunsOnePipelineTwiceAtATime() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        Semaphore held = new Semaphore(0);
        route("slow", EVERY_SECOND, message -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            held.acquireUninterruptibly();
            running.decrementAndGet();
        });
        route("other", EVERY_SECOND, message -> others.incrementAndGet());
        context.start();

        Awaitility.await().until(() -> running.get() == 1 && others.get() >= 3);
        held.release(1_000);

        assertThat(most).hasValue(1);
    }

    @Test
    void takesTheTriggerAwayWithTheRoute() throws Exception {
        route("gone", "cron=0 6 * * *", message -> {});
        context.start();
        assertThat(quartz().getTrigger(trigger("gone"))).isNotNull();

        context.getRouteController().stopRoute("gone");
        context.removeRoute("gone");

        assertThat(quartz().getTrigger(trigger("gone"))).isNull();
    }

    @Test
    void takesANewTimeZoneWithTheRouteThatComesInAnothersPlace() throws Exception {
        route("moved", "cron=0 6 * * *&timeZone=Europe/Berlin", message -> {});
        context.start();
        Instant before = quartz().getTrigger(trigger("moved")).getNextFireTime().toInstant();
        context.getRouteController().stopRoute("moved");
        context.removeRoute("moved");

        route("moved", "cron=0 6 * * *&timeZone=America/Los_Angeles", message -> {});

        assertThat(quartz().getTrigger(trigger("moved")).getNextFireTime().toInstant())
                .isNotEqualTo(before);
    }

    @Test
    void refusesEveryWrongOptionAtOnceAndBeforeAnythingIsScheduled() {
        assertThatThrownBy(() -> {
                    ScheduleEndpoint endpoint = new ScheduleEndpoint("caravan-schedule:bad", new ScheduleComponent());
                    endpoint.setPipeline("bad");
                    endpoint.setCron("0 6 * *");
                    endpoint.setTimeZone("Mars/Phobos");
                    endpoint.setMisfire("never");
                    endpoint.setDstGap("x");
                    endpoint.setDstOverlap("y");
                    endpoint.check();
                })
                .hasMessageContaining(
                        "The schedule of pipeline 'bad': The cron '0 6 * *' is not valid: it has 4 fields")
                .hasMessageContaining("the time zone 'Mars/Phobos' is not known")
                .hasMessageContaining("misfire is run-once or skip, not 'never'")
                .hasMessageContaining("dstGap is shift or skip, not 'x'")
                .hasMessageContaining("dstOverlap is once or twice, not 'y'");
        assertThat(context.getComponentNames()).doesNotContain("quartz");
    }

    @Test
    void refusesACronWhoseTimesAreAllOver() {
        ScheduleEndpoint endpoint = new ScheduleEndpoint("caravan-schedule:old", new ScheduleComponent());
        endpoint.setPipeline("old");
        endpoint.setCron("0 0 6 * * ? 2020");

        assertThatThrownBy(endpoint::check).hasMessageContaining("names no time that is still to come");
    }

    private interface Step {
        void take(Message message);
    }

    private void route(String pipeline, String options, Step step) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("caravan-schedule:" + pipeline + "?" + options)
                        .routeId(pipeline)
                        .process(exchange -> step.take(exchange.getMessage()));
            }
        });
    }

    private Scheduler quartz() {
        return context.getComponent("quartz", QuartzComponent.class).getScheduler();
    }

    private static TriggerKey trigger(String pipeline) {
        return new TriggerKey(pipeline, PipelineScheduler.GROUP);
    }
}
