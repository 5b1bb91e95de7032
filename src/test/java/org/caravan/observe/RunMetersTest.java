package org.caravan.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.Standing;
import org.caravan.ledger.Step;
import org.caravan.reload.ReloadState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What runs have noted of themselves, as Prometheus reads it. */
class RunMetersTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RunMeters counted = new RunMeters(meters, () -> {});

    @BeforeEach
    void start() throws Exception {
        Runs.of(context).addListener(counted);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:run").process(exchange -> {
                    Run run = Runs.of(exchange.getContext()).begin(exchange, "shop");
                    run.begin(Step.EXTRACT);
                    run.addRowsRead(70);
                    run.addPart(new StagedPart(1, "k/1", 40, 4_000, 1));
                    run.addPart(new StagedPart(2, "k/2", 30, 3_000, 2));
                    String how = exchange.getMessage().getBody(String.class);
                    if (how.equals("differs")) {
                        run.begin(Step.VERIFY);
                        run.proof().differs(3);
                        throw new CaravanException(Category.VERIFY, "three columns differ");
                    }
                    if (how.equals("stops")) {
                        throw new CaravanException(Category.INTERRUPTED, "stopped");
                    }
                    run.count(Point.SOURCE, 70);
                });
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private String after(String... runs) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            for (String how : runs) {
                template.send("direct:run", exchange -> exchange.getMessage().setBody(how));
            }
        }
        return meters.scrape();
    }

    @Test
    void addsUpWhatRunsDidByTheirOutcome() throws Exception {
        assertThat(after("ends", "ends", "differs", "stops"))
                .contains(
                        "caravan_runs_total{outcome=\"done\",pipeline=\"shop\"} 2.0",
                        "caravan_runs_total{outcome=\"failed\",pipeline=\"shop\"} 1.0",
                        "caravan_runs_total{outcome=\"interrupted\",pipeline=\"shop\"} 1.0",
                        "caravan_rows_total{outcome=\"done\",pipeline=\"shop\"} 140.0",
                        "caravan_rows_total{outcome=\"failed\",pipeline=\"shop\"} 70.0",
                        "caravan_staged_bytes_total{outcome=\"done\",pipeline=\"shop\"} 14000.0",
                        "caravan_staged_files_total{outcome=\"done\",pipeline=\"shop\"} 4.0",
                        "caravan_verification_differences_total{pipeline=\"shop\"} 3.0",
                        "caravan_run_duration_seconds_count{outcome=\"done\",pipeline=\"shop\"} 2",
                        "caravan_step_duration_seconds_count{pipeline=\"shop\",step=\"extract\"} 4",
                        "caravan_step_duration_seconds_count{pipeline=\"shop\",step=\"verify\"} 1");
    }

    @Test
    void areAllOnThePageAndNoOthers() throws Exception {
        StateMeters states = new StateMeters(meters, Optional.of(new FollowedFiles() {
            @Override
            public Optional<ReloadState> state() {
                return Optional.empty();
            }

            @Override
            public boolean isFollowing() {
                return false;
            }
        }));
        counted.know("shop");
        Standing standing = new Standing(List.of(), Optional.of(Instant.EPOCH));
        PipelineState state = PipelineState.of(
                new PipelineState.Known("shop", standing, Due.UNKNOWN, Optional.empty(), Instant.MIN),
                Instant.EPOCH,
                PipelineStateTest.LATE_AFTER);
        states.show(new Pipelines(List.of(state), Optional.of(Instant.EPOCH), Instant.EPOCH, Optional.empty()));
        Set<String> made = new TreeSet<>();
        after("ends")
                .lines()
                .filter(line -> line.startsWith("# TYPE caravan_"))
                .map(line -> line.split(" ", -1)[2].replaceFirst("_max$", ""))
                .forEach(made::add);

        Set<String> told = new TreeSet<>();
        String table = Files.readString(Path.of("docs/observing.md"))
                .replaceFirst("(?s)^.*\n## Metrics\n", "")
                .replaceFirst("(?s)\n### Scraping\n.*$", "");
        table.lines().filter(line -> line.startsWith("| `caravan_")).forEach(line -> {
            String cell = line.split("\\|", -1)[1];
            for (String name : cell.replaceAll("\\(.*\\)", "").split(",", -1)) {
                String bare = name.replace("`", "").strip();
                told.add(bare.startsWith("_") ? "caravan_pipeline" + bare : bare);
            }
        });
        assertThat(told).isEqualTo(made);
    }

    @Test
    void startsAtZeroForEachPipelineThatIsKnown() {
        counted.know("idle");

        assertThat(meters.scrape())
                .contains(
                        "caravan_runs_total{outcome=\"failed\",pipeline=\"idle\"} 0.0",
                        "caravan_retries_total{pipeline=\"idle\",step=\"load\"} 0.0",
                        "caravan_verification_differences_total{pipeline=\"idle\"} 0.0")
                .doesNotContain("outcome=\"running\"");
    }
}
