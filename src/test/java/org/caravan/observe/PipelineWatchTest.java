package org.caravan.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.health.HealthCheck;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Pause;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Standing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made of the ledger's answers, and of those that do not come. */
class PipelineWatchTest {
    private static final Instant SIX = Instant.parse("2026-11-29T06:00:00Z");

    private final Map<String, Due> pipelines = new TreeMap<>();
    private final Map<String, Standing> standings = new TreeMap<>();
    private final Map<String, Pause> pauses = new TreeMap<>();
    private final Hand clock = new Hand();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final StateMeters shown = new StateMeters(meters, Optional.empty());
    private boolean broken;
    private int questions;
    private int held;
    private final PipelineWatch watch = new PipelineWatch(
            () -> pipelines,
            new LedgerView() {
                @Override
                public Map<String, Standing> standings(Set<String> wanted) {
                    questions++;
                    assertThat(held).isOne();
                    if (broken) {
                        throw new CaravanException(Category.CONFIG, "the ledger is down");
                    }
                    return standings;
                }

                @Override
                public Map<String, Pause> pauses() {
                    return pauses;
                }

                @Override
                public AutoCloseable hold() {
                    held++;
                    return () -> held--;
                }
            },
            PipelineStateTest.LATE_AFTER,
            clock,
            now -> shown.show(now));

    /** A clock that goes when it is told to. */
    private static final class Hand extends Clock {
        private Instant now = SIX.minusSeconds(60);

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private HealthCheck.Result ledger() {
        return new LedgerCheck(watch::now, clock).call();
    }

    private List<String> late() {
        watch.look();
        return watch.now().with(Condition.LATE);
    }

    @Test
    void knowsNothingBeforeItHasAsked() {
        assertThat(ledger().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(ledger().getMessage()).contains("The ledger cannot be used: It was not asked yet.");
    }

    @Test
    void showsWhatIsLateAndForgetsWhatWent() {
        pipelines.put("daily", PipelineStateTest.daily(SIX.minusSeconds(1)));
        pipelines.put("timer", Due.UNKNOWN);
        standings.put(
                "timer",
                new Standing(List.of(PipelineStateTest.run(RunState.DONE, SIX)), Optional.of(SIX.plusMillis(1500))));
        assertThat(late()).isEmpty();

        clock.now = SIX.plus(PipelineStateTest.LATE_AFTER);

        assertThat(late()).containsExactly("daily");
        assertThat(meters.scrape())
                .contains(
                        "caravan_pipeline_late{pipeline=\"daily\"} 1.0",
                        "caravan_pipeline_never_ran{pipeline=\"daily\"} 1.0",
                        "caravan_pipeline_late{pipeline=\"timer\"} 0.0",
                        "caravan_last_success_timestamp_seconds{pipeline=\"timer\"} 1.7959320015E9",
                        "caravan_ledger_up 1.0")
                .doesNotContain("caravan_last_success_timestamp_seconds{pipeline=\"daily\"}");
        pipelines.remove("daily");
        assertThat(late()).isEmpty();
        assertThat(meters.scrape()).doesNotContain("daily");
    }

    @Test
    void doesNotCallLateWhatWasDueInAPause() {
        pipelines.put("daily", PipelineStateTest.daily(Instant.MIN));
        pauses.put("daily", new Pause(SIX.minusSeconds(600), "ada@node", ""));
        clock.now = SIX.plusSeconds(1);
        assertThat(late()).isEmpty();

        pauses.clear();
        clock.now = SIX.plus(Duration.ofHours(5));

        assertThat(late()).isEmpty();
        assertThat(watch.now().with(Condition.PAUSED)).isEmpty();
    }

    @Test
    void keepsWhatItKnewWhenTheLedgerIsDownAndSaysSo() {
        pipelines.put("daily", PipelineStateTest.daily(Instant.MIN));
        watch.look();
        assertThat(ledger().getState()).isEqualTo(HealthCheck.State.UP);
        broken = true;
        clock.now = clock.now.plusSeconds(5);

        watch.look();

        assertThat(ledger().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(ledger().getMessage()).contains("The ledger cannot be used: the ledger is down");
        assertThat(watch.now().states()).hasSize(1);
        assertThat(watch.now().asOf()).contains(clock.now.minusSeconds(5));
        assertThat(meters.scrape()).contains("caravan_ledger_up 0.0");
        broken = false;
        watch.look();
        assertThat(ledger().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void asksAgainWhenTheAnswerIsOldOrPipelinesHaveChangedOrThereWasNone() {
        watch.glance();
        watch.glance();
        assertThat(questions).isEqualTo(1);

        pipelines.put("daily", PipelineStateTest.daily(Instant.MIN));
        watch.glance();
        watch.glance();
        assertThat(questions).isEqualTo(2);

        clock.now = clock.now.plusSeconds(29);
        watch.glance();
        assertThat(questions).isEqualTo(2);
        clock.now = clock.now.plusSeconds(1);
        broken = true;
        watch.glance();
        watch.glance();
        assertThat(questions).isEqualTo(4);
    }

    @Test
    void takesSilenceForTrouble() {
        watch.look();
        clock.now = clock.now.plusSeconds(61);

        assertThat(ledger().getMessage()).contains("The ledger cannot be used: It has not answered for 61 s.");
    }
}
