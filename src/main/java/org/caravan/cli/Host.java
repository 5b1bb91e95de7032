package org.caravan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.ModelCamelContext;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Failures;
import org.caravan.ledger.GoingOn;
import org.caravan.ledger.Resumption;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunDetails;
import org.caravan.ledger.Runs;
import org.caravan.ledger.StartedBy;
import org.caravan.ledger.Step;
import org.caravan.observe.FollowedFiles;
import org.caravan.observe.Observation;
import org.caravan.observe.Tracing;
import org.caravan.reload.ManyRoutesContext;
import org.caravan.reload.RouteFolder;
import org.caravan.schedule.ClusteredStore;
import org.caravan.settings.Settings;
import org.caravan.source.QueryConstants;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A Camel Main with the routes of a folder and the connections of the settings. Either on call, when no schedule runs and a
 * pipeline runs when {@link #run} asks for it, or as a service. The owner closes it.
 */
final class Host implements AutoCloseable {
    private static final String QUARTZ_SETTINGS = "camel.component.quartz.properties-file";
    private static final long STOP_PAUSE_MILLIS = 100;

    private final Main main = new Main() {
        @Override
        protected CamelContext createCamelContext() {
            ManyRoutesContext camel = new ManyRoutesContext();
            camel.getCamelContextExtension().setRegistry(registry);
            return camel;
        }
    };
    private final Connections connections = new Connections();
    private final Optional<LedgerOfSettings> ledger;
    private final Optional<Triggers> triggers;
    private final Optional<CleanAfterRun> cleaning;
    /** The connections of a clustered Quartz. */
    private final Optional<LazyPool> quartz;

    private final Settings settings;
    /** Those of the context, once it is made. */
    private volatile Optional<Runs> runs = Optional.empty();

    /** What others may see of a service. */
    private volatile Optional<Observation> observation = Optional.empty();

    /** Where spans of runs go, if they do. */
    private final Optional<Tracing> tracing;

    /** What the host sets beside the settings. */
    private final Map<String, String> own = new TreeMap<>();

    /** Whether routes may do anything. */
    private enum Mode {
        LIVE,
        DRY
    }

    private Host(
            Settings settings, Path routes, Mode mode, Optional<Triggers> triggers, Optional<Runs.Listener> listener) {
        this.settings = settings;
        this.triggers = triggers;
        StartedBy startedBy = triggers.isPresent() ? StartedBy.COMMAND : StartedBy.SCHEDULE;
        // A dry host has no run that could be kept.
        this.ledger = mode == Mode.LIVE ? Optional.of(LedgerOfSettings.open(settings, startedBy)) : Optional.empty();
        this.cleaning = ledger.filter(kept -> settings.isTrue("clean.after-run"))
                .map(kept -> cleaningAfterRuns(settings, kept));
        boolean clustered = mode == Mode.LIVE && triggers.isEmpty() && settings.isTrue("schedule.clustered");
        this.quartz = clustered ? Optional.of(LedgerOfSettings.clustered(settings)) : Optional.empty();
        this.tracing = mode == Mode.LIVE ? Observed.tracing(settings) : Optional.empty();
        main.setPropertyPlaceholderLocations("false");
        main.setInitialProperties(ReloadSettings.withoutCamels(settings.toProperties()));
        if (clustered && settings.find(QUARTZ_SETTINGS).isEmpty()) {
            main.addInitialProperty(QUARTZ_SETTINGS, ClusteredStore.PROPERTIES);
        }
        own.put("caravan.routes", routes.toAbsolutePath().toString());
        own.forEach(main::addInitialProperty);
        main.configure().withAutoStartup(mode == Mode.LIVE);
        main.configure().addConfiguration(new CamelConfiguration() {
            @Override
            public void configure(CamelContext context) throws Exception {
                context.getRegistry().bind("retries", RetrySettings.of(settings));
                ledger.ifPresent(kept -> context.getRegistry().bind("ledger", kept.ledger()));
                if (mode == Mode.LIVE) {
                    connections.bind(settings, context.getRegistry());
                    context.getCamelContextExtension().addInterceptStrategy(new RunThreads());
                    Runs.of(context).addListener(new BrokenOff(connections));
                } else {
                    connections.bindSilently(settings, context.getRegistry());
                }
                ModelCamelContext model = (ModelCamelContext) context;
                triggers.ifPresentOrElse(
                        model::addModelLifecycleStrategy,
                        () -> model.addModelLifecycleStrategy(new QuartzRoutes(context)));
                runs = Optional.of(Runs.of(context));
                listener.ifPresent(Runs.of(context)::addListener);
                cleaning.ifPresent(Runs.of(context)::addListener);
                context.getManagementStrategy().addEventNotifier(new OtherFailures());
                if (tracing.isPresent()) {
                    tracing.get().install(context);
                }
                if (observation.isPresent()) {
                    observation.get().install(context);
                }
            }
        });
    }

    private CleanAfterRun cleaningAfterRuns(Settings all, LedgerOfSettings kept) {
        Retention.of(all);
        AtomicReference<Cleaner> cleaner = new AtomicReference<>();
        return new CleanAfterRun(() -> cleaner.updateAndGet(
                made -> made == null ? Cleaner.of(all, kept.ledger().housekeeping(), connections) : made));
    }

    private Host withRoutes(Path routes) {
        main.configure()
                .withRoutesIncludePattern(files(settings, routes).stream()
                        .map(file -> "file:" + file)
                        .collect(Collectors.joining(",")));
        return this;
    }

    /** Has the routes loaded by a reloader when Camel is started, one file after the other, and followed from then on. */
    private FollowedFiles withReloadedRoutes(Path routes, Supplier<Settings> again) {
        files(settings, routes);
        ReloadedRoutes reloaded = new ReloadedRoutes(
                ReloadSettings.folder(settings, routes),
                new ServiceSettings(settings, own, again, routes),
                ledger.orElseThrow().ledger().fileChanges());
        main.addMainListener(reloaded);
        return reloaded;
    }

    /** A started host without routes, in which routes that are added do not start, and which connects to nothing by itself. */
    static Host dry(Settings settings, Path routes) {
        return new Host(settings, routes, Mode.DRY, Optional.of(new Triggers()), Optional.empty()).start();
    }

    /** The same with all routes. */
    static Host dryWithRoutes(Settings settings, Path routes) {
        return new Host(settings, routes, Mode.DRY, Optional.of(new Triggers()), Optional.empty())
                .withRoutes(routes)
                .start();
    }

    /** A started host whose pipelines run when they are called. */
    static Host onCall(Settings settings, Path routes, Runs.Listener listener) {
        return new Host(settings, routes, Mode.LIVE, Optional.of(new Triggers()), Optional.of(listener))
                .withRoutes(routes)
                .start();
    }

    private Host start() {
        ledger.ifPresent(LedgerOfSettings::prepare);
        try {
            main.start();
        } catch (Exception e) {
            close();
            throw notStarted(e);
        }
        return this;
    }

    /** A client for Amazon S3, also of a dry host; closed with it. */
    S3Client s3() {
        return connections.s3(settings);
    }

    /** Tells all runs to stop, cancels what they have running at the databases, and waits until each frees what it holds. */
    void stopRuns() {
        try {
            while (runs.map(Runs::stop).orElse(false)) {
                connections.cancel();
                TimeUnit.MILLISECONDS.sleep(STOP_PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The Camel of this host, which is started. */
    CamelContext context() {
        return main.getCamelContext();
    }

    /**
     * Runs a service until it is told to stop.
     *
     * @param again reads the settings again, when one of their files has changed
     * @param out is told where the service can be asked how it is
     */
    static int serve(
            Settings settings, Supplier<Settings> again, Path routes, Runs.Listener listener, Consumer<String> out) {
        try (Host host = new Host(settings, routes, Mode.LIVE, Optional.empty(), Optional.of(listener))) {
            host.main.addMainListener(new MainListenerSupport() {
                @Override
                public void afterStart(BaseMainSupport started) {
                    StopSignal.watch(host);
                    host.observation.ifPresent(served -> out.accept("Health and metrics: " + served.address()
                            + "/observe/health/ready, /observe/health/live, /observe/metrics"));
                }
            });
            Optional<FollowedFiles> files = Optional.empty();
            if (ReloadSettings.isEnabled(settings)) {
                files = Optional.of(host.withReloadedRoutes(routes, again));
            } else {
                host.withRoutes(routes);
            }
            host.observation = Observed.of(settings, host.ledger.orElseThrow().ledger(), files);
            host.ledger.ifPresent(kept -> host.main.addMainListener(new LedgerWhileStarting(kept.ledger())));
            host.quartz.ifPresent(ClusteredStore::open);
            host.main.run();
            return host.runs.map(Runs::wasStopped).orElse(false)
                    ? Category.INTERRUPTED.exitCode()
                    : host.main.getExitCode();
        } catch (CaravanException e) {
            throw e;
        } catch (Exception e) {
            throw notStarted(e);
        }
    }

    private static CaravanException notStarted(Exception error) {
        Failure failure = Failures.of(error, Step.EXTRACT);
        boolean explained = failure.category() != Step.EXTRACT.category();
        return new CaravanException(
                explained ? failure.category() : Category.CONFIG,
                "The routes do not start: " + failure.message(),
                error);
    }

    /** The files of a folder that hold routes, Kamelets first, since routes may call them. */
    static List<Path> files(Settings settings, Path routes) {
        List<Path> files;
        try {
            files = ReloadSettings.folder(settings, routes).files();
        } catch (IOException e) {
            throw new CaravanException(
                    Category.CONFIG, "The routes folder " + routes + " cannot be read; name one with --routes DIR.", e);
        }
        if (files.isEmpty()) {
            throw new CaravanException(
                    Category.CONFIG,
                    "The folder " + routes + " holds no routes (" + RouteFolder.PATTERNS
                            + "); name one with --routes DIR.");
        }
        return files;
    }

    /** The pipelines of a host on call: the routes that a schedule would start. */
    Collection<String> pipelines() {
        return new TreeSet<>(triggers.map(Triggers::pipelines).orElseThrow());
    }

    /** What starts a pipeline of a host on call when a service runs it, with its placeholders. */
    Optional<String> schedule(String pipeline) {
        return triggers.flatMap(taken -> taken.schedule(pipeline));
    }

    /** Runs a pipeline once, to its end, and gives its run; empty if it failed before a run began. */
    Result run(String pipeline) {
        return run(pipeline, Map.of(), Map.of());
    }

    /**
     * The same with values for the query's parameters.
     *
     * @param days for those of the query's parameters that have such a name
     */
    Result run(String pipeline, Map<String, String> parameters, Map<String, LocalDate> days) {
        return run(pipeline, parameters, days, Optional.empty());
    }

    /**
     * The same for a query that reads increments.
     *
     * @param from where its increment begins, if not where the last one ended
     */
    Result run(String pipeline, Map<String, String> parameters, Map<String, LocalDate> days, Optional<String> from) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(QueryConstants.GIVEN, parameters);
        properties.put(QueryConstants.DAYS, days);
        from.ifPresent(value -> properties.put(QueryConstants.FROM, value));
        return run(pipeline, properties);
    }

    /** Goes on with a run, as {@link #run}. */
    Result resume(Resumption resumption) {
        return run(resumption.kept().run().pipeline(), Map.of(Runs.RESUMPTION, resumption));
    }

    /** Begins a run in the place of one that does not go on, with the same inputs. */
    Result resume(GoingOn.Anew anew) {
        return run(
                anew.kept().run().pipeline(),
                Map.of(QueryConstants.GIVEN, KeptRuns.parameters(anew.kept(), Map.of()), Runs.REPLACED, anew));
    }

    /**
     * Does a run again as another, with the same inputs.
     *
     * @param given stands over the values that the run had
     */
    Result retry(RunDetails details, Map<String, String> given) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(QueryConstants.GIVEN, KeptRuns.parameters(details, given));
        details.run().query().ifPresent(hash -> properties.put(Runs.SAME_QUERY, hash));
        return run(details.run().pipeline(), properties);
    }

    private Result run(String pipeline, Map<String, Object> properties) {
        StopSignal.watch(this);
        try (ProducerTemplate template = main.getCamelContext().createProducerTemplate()) {
            Exchange exchange = template.send(Triggers.uri(pipeline), sent -> {
                properties.forEach(sent::setProperty);
                sent.getMessage().setBody("");
            });
            Optional<Failure> failure =
                    Optional.ofNullable(exchange.getException()).map(error -> Failures.of(error, Step.EXTRACT));
            return new Result(pipeline, Runs.find(exchange), failure);
        } catch (IOException e) {
            throw new CaravanException(
                    Category.CONFIG, "Camel's producer template does not close: " + e.getMessage(), e);
        }
    }

    /**
     * What a call gave.
     *
     * @param failure why no run began; a run that began tells its own outcome
     */
    record Result(String pipeline, Optional<Run> run, Optional<Failure> failure) {
        /** Why the pipeline failed, if it did; without secrets. */
        Optional<Failure> error() {
            return run.flatMap(Run::outcome)
                    .map(Run.Outcome::failure)
                    .orElse(failure)
                    .map(why -> new Failure(why.category(), Masking.masked(why.message())));
        }
    }

    @Override
    public void close() {
        StopSignal.forget(this);
        main.stop();
        observation.ifPresent(Observation::close);
        if (tracing.isPresent()) {
            tracing.get().close();
        }
        quartz.ifPresent(LazyPool::close);
        cleaning.ifPresent(CleanAfterRun::close);
        ledger.ifPresent(LedgerOfSettings::close);
        connections.close();
    }
}
