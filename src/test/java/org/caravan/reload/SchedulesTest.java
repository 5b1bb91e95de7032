package org.caravan.reload;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.TriggerKey;

class SchedulesTest {
    private static final TriggerKey KEY = new TriggerKey("second", "schedules");

    private final List<Long> times = new CopyOnWriteArrayList<>();

    /** A pause does not reach quartz' thread while that looks for triggers, or waits for a free thread of the pool. */
    @Test
    void losesAndDoublesNoTimeThoughANewTriggerFiresBeforeItIsHandedOver() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.disableJMX();
            Schedules schedules = new Schedules(camel);
            camel.start();
            schedules.prepare();
            camel.addRoutes(everySecond());
            await().atMost(20, SECONDS).until(() -> times.size() > 1);

            Schedules.Held held = schedules.hold(List.of("second"));
            await().atMost(20, SECONDS).until(() -> !schedules.isUnderWay(held));
            schedules.pause();
            schedules.replace(held);
            camel.getRouteController().stopRoute("second");
            camel.removeRoute("second");
            camel.addRoutes(everySecond());
            Scheduler quartz =
                    camel.getComponent("quartz", QuartzComponent.class).getScheduler();
            quartz.start();
            await().atMost(20, SECONDS).until(() -> quartz.getTrigger(KEY).getPreviousFireTime() != null);
            schedules.handOver(held, List.of("second"));
            schedules.resume();

            long handedOver = Instant.now().getEpochSecond();
            await().atMost(20, SECONDS).until(() -> Collections.max(times) > handedOver);
            assertThat(times)
                    .isEqualTo(LongStream.rangeClosed(times.get(0), Collections.max(times))
                            .boxed()
                            .toList());
        }
    }

    private RouteBuilder everySecond() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("quartz:schedules/second?cron=* * * * * ?")
                        .routeId("second")
                        .process(exchange -> times.add(exchange.getMessage()
                                .getHeader("scheduledFireTime", Date.class)
                                .toInstant()
                                .getEpochSecond()));
            }
        };
    }
}
