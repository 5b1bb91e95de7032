package org.caravan.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.model.ModelCamelContext;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Failures;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.StartedBy;
import org.caravan.ledger.Step;

/**
 * A Camel Main with the routes of a folder and the connections of the settings. Either on call, when no schedule runs and a
 * pipeline runs when {@link #run} asks for it, or as a service. The owner closes it.
 */
final class Host implements AutoCloseable {
    private final Main main = new Main();
    private final Connections connections = new Connections();
    private final LedgerOfSettings ledger;
    private final Optional<Triggers> triggers;

    private Host(Settings settings, Path routes, Optional<Triggers> triggers, Optional<Runs.Listener> listener) {
        this.triggers = triggers;
        settings.checkRequired();
        checkRoutes(routes);
        ledger = LedgerOfSettings.open(settings, triggers.isPresent() ? StartedBy.COMMAND : StartedBy.SCHEDULE);
        String folder = "file:" + routes.toAbsolutePath();
        main.setPropertyPlaceholderLocations("false");
        main.setInitialProperties(settings.toProperties());
        main.addInitialProperty("caravan.routes", routes.toAbsolutePath().toString());
        main.configure().withRoutesIncludePattern(folder + "/*.yaml," + folder + "/*.xml");
        main.configure().addConfiguration(new CamelConfiguration() {
            @Override
            public void configure(CamelContext context) {
                connections.bind(settings, context.getRegistry());
                context.getRegistry().bind("ledger", ledger.ledger());
                triggers.ifPresent(((ModelCamelContext) context)::addModelLifecycleStrategy);
                listener.ifPresent(Runs.of(context)::addListener);
                context.getManagementStrategy().addEventNotifier(new OtherFailures());
            }
        });
    }

    /** A started host whose pipelines run when they are called. */
    static Host onCall(Settings settings, Path routes, Runs.Listener listener) {
        Host host = new Host(settings, routes, Optional.of(new Triggers()), Optional.of(listener));
        try {
            host.main.start();
        } catch (Exception e) {
            host.close();
            throw notStarted(e);
        }
        return host;
    }

    /** Runs a service until it is told to stop. */
    static int serve(Settings settings, Path routes, Runs.Listener listener) {
        try (Host host = new Host(settings, routes, Optional.empty(), Optional.of(listener))) {
            host.main.run();
            return host.main.getExitCode();
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

    private static void checkRoutes(Path routes) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(routes, "*.{yaml,xml}")) {
            if (!files.iterator().hasNext()) {
                throw new CaravanException(
                        Category.CONFIG,
                        "The folder " + routes + " holds no routes (*.yaml, *.xml); name one with --routes DIR.");
            }
        } catch (IOException e) {
            throw new CaravanException(
                    Category.CONFIG, "The routes folder " + routes + " cannot be read; name one with --routes DIR.", e);
        }
    }

    /** The pipelines of a host on call: the routes that a schedule would start. */
    Collection<String> pipelines() {
        return new TreeSet<>(triggers.map(Triggers::pipelines).orElseThrow());
    }

    /** Runs a pipeline once, to its end, and gives its run; empty if it failed before a run began. */
    Result run(String pipeline) {
        try (ProducerTemplate template = main.getCamelContext().createProducerTemplate()) {
            Exchange exchange = template.send(
                    Triggers.uri(pipeline), sent -> sent.getMessage().setBody(""));
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
        /** Why the pipeline failed, if it did. */
        Optional<Failure> error() {
            return run.flatMap(Run::outcome).map(Run.Outcome::failure).orElse(failure);
        }
    }

    @Override
    public void close() {
        main.stop();
        ledger.close();
        connections.close();
    }
}
