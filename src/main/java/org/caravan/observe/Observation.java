package org.caravan.observe;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.service.ServiceSupport;
import org.caravan.ledger.Runs;
import org.caravan.schedule.DueTimes;
import org.caravan.schedule.ScheduleComponent;
import org.caravan.settings.ObserveSettings;

/** Health and metrics of a service: served from the start of its Camel to its stop. The owner closes it, before the ledger. */
public final class Observation implements AutoCloseable {
    private final ObserveSettings settings;
    private final Parts parts;
    private Optional<PipelineWatch> watch = Optional.empty();
    private Optional<ObserveServer> server = Optional.empty();

    /**
     * What a service is made of.
     *
     * @param files the files of its routes; empty if they are not followed
     * @param pipelines the pipelines that have a route in a context
     * @param masked takes secrets out of a text
     */
    public record Parts(
            LedgerView ledger,
            Optional<FollowedFiles> files,
            Function<CamelContext, Set<String>> pipelines,
            UnaryOperator<String> masked) {
        public Parts {
            requireNonNull(ledger, "ledger");
            requireNonNull(files, "files");
            requireNonNull(pipelines, "pipelines");
            requireNonNull(masked, "masked");
        }
    }

    private Observation(ObserveSettings settings, Parts parts) {
        this.settings = settings;
        this.parts = parts;
    }

    /**
     * An observation that is to be installed.
     *
     * @throws org.caravan.ledger.CaravanException if the port cannot be had
     */
    public static Observation of(ObserveSettings settings, Parts parts) {
        ObserveServer.checkIsFree(settings);
        return new Observation(settings, parts);
    }

    /** Serves a context from its start on; to be called before that. */
    public void install(CamelContext context) throws Exception {
        MeterRegistry meters = meters(context);
        Clock clock = Clock.systemUTC();
        RunMeters runMeters = new RunMeters(meters, () -> watch.ifPresent(PipelineWatch::nudge));
        StateMeters stateMeters = new StateMeters(meters, parts.files());
        PipelineWatch pipelines =
                new PipelineWatch(() -> due(context), parts.ledger(), settings.lateAfter(), clock, now -> {
                    now.states().forEach(state -> runMeters.know(state.pipeline()));
                    stateMeters.show(now);
                });
        watch = Optional.of(pipelines);
        Runs.of(context).addListener(runMeters);
        ObserveServer made = new ObserveServer(context, settings, parts.masked());
        server = Optional.of(made);
        List<ServiceCheck> checks = List.of(
                new RoutesCheck(parts.files(), () -> context.getRoutes().size()),
                new LedgerCheck(pipelines::now, clock),
                new PipelinesCheck(pipelines::now),
                new SchedulerCheck(() -> schedules(context)
                        .filter(ScheduleComponent::isSchedulerOver)
                        .isPresent()));
        context.addService(new ServiceSupport() {
            @Override
            protected void doStart() throws Exception {
                HealthCheckRegistry registry = HealthCheckHelper.getHealthCheckRegistry(context);
                checks.forEach(registry::register);
                parts.files().map(ReloadCheck::new).ifPresent(registry::register);
                made.start();
                pipelines.start();
            }

            @Override
            protected void doStop() throws Exception {
                pipelines.close();
                made.stop();
            }
        });
    }

    /** The registry of the context, which whoever asked first has made. */
    private static MeterRegistry meters(CamelContext context) {
        String name = MicrometerConstants.METRICS_REGISTRY_NAME;
        return Optional.ofNullable(context.getRegistry().lookupByNameAndType(name, PrometheusMeterRegistry.class))
                .orElseGet(() -> {
                    PrometheusMeterRegistry made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
                    context.getRegistry().bind(name, made);
                    return made;
                });
    }

    private static Optional<ScheduleComponent> schedules(CamelContext context) {
        return Optional.ofNullable((ScheduleComponent) context.hasComponent("caravan-schedule"));
    }

    private Map<String, Due> due(CamelContext context) {
        Map<String, DueTimes> times =
                schedules(context).map(ScheduleComponent::due).orElse(Map.of());
        Map<String, Due> due = new HashMap<>();
        for (String pipeline : parts.pipelines().apply(context)) {
            due.put(
                    pipeline,
                    Optional.ofNullable(times.get(pipeline))
                            .map(Observation::due)
                            .orElse(Due.UNKNOWN));
        }
        return due;
    }

    private static Due due(DueTimes times) {
        return new Due() {
            @Override
            public Optional<Instant> lastUntil(Instant time) {
                return times.lastUntil(time);
            }

            @Override
            public Optional<Instant> next(Instant time) {
                return times.next(time);
            }
        };
    }

    /** Where it is served, once the context is started. */
    public String address() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return "http://" + host + ":" + server.map(ObserveServer::port).orElse(settings.port());
    }

    @Override
    public void close() {
        watch.ifPresent(PipelineWatch::close);
    }
}
