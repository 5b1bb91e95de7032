package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the run that an exchange is to carry: a new one, one that goes on, or one that another process began and did not end.
 * Thread-safe.
 */
final class Openings {
    private static final Logger LOG = LoggerFactory.getLogger(Openings.class);

    private final RouteTexts routes;
    private volatile Optional<FilesCheck> files = Optional.empty();

    Openings(RouteTexts routes) {
        this.routes = routes;
    }

    void setFilesCheck(FilesCheck check) {
        this.files = Optional.of(requireNonNull(check, "check"));
    }

    /** A run with its pipeline's lock. */
    Run open(Exchange exchange, String pipeline, Instant now, Supplier<Optional<String>> query) {
        Optional<RunDetails> interrupted = interrupted(exchange, pipeline);
        if (interrupted.isPresent()) {
            return goOn(exchange, interrupted.get(), now, query);
        }
        Run run = Optional.ofNullable(exchange.getProperty(Runs.RESUMPTION, Resumption.class))
                .map(Resumption::run)
                .orElseGet(() -> new Run(RunId.at(now), pipeline, now));
        Optional.ofNullable(exchange.getProperty(Runs.SAME_QUERY, String.class))
                .ifPresent(run.recovery()::setExpectedQuery);
        Optional.ofNullable(exchange.getProperty(Runs.REPLACED, GoingOn.Anew.class))
                .ifPresent(anew -> replace(run, anew));
        return lease(exchange, run);
    }

    private static Optional<RunDetails> interrupted(Exchange exchange, String pipeline) {
        return Optional.ofNullable(exchange.getProperty(Runs.INTERRUPTED, RunId.class))
                .flatMap(run -> bound(exchange.getContext(), History.class, "histories", "a run is kept in one ledger")
                        .flatMap(history -> history.find(run)))
                .filter(details -> details.run().pipeline().equals(pipeline));
    }

    private Run goOn(Exchange exchange, RunDetails lost, Instant now, Supplier<Optional<String>> query) {
        KeptRun kept = lost.run();
        if (kept.state() == RunState.DONE) {
            throw new CaravanException(
                    Category.CONFIG,
                    "Pipeline '" + kept.pipeline() + "' does not run again: somebody has resumed run " + kept.id()
                            + ", and it is done.");
        }
        GoingOn how = decide(lost, query);
        if (how instanceof GoingOn.FromFiles whole) {
            try {
                Run run = lease(exchange, whole.resumption().run());
                LOG.warn(
                        "{} run {}, which process {} on host {} began and did not end, goes on {}",
                        kept.pipeline(),
                        kept.id(),
                        kept.origin().pid(),
                        kept.origin().host(),
                        whole.words());
                return run;
            } catch (RefusedResumption e) {
                how = new GoingOn.Anew(lost, e.reason());
            }
        }
        GoingOn.Anew anew = (GoingOn.Anew) how;
        Run run = new Run(RunId.at(now), kept.pipeline(), now);
        replace(run, anew);
        lease(exchange, run);
        LOG.warn(
                "{} run {} is begun from the source in the place of run {}, which process {} on host {} began and did not"
                        + " end, and which does not go on from its files: {}",
                kept.pipeline(),
                run.id(),
                kept.id(),
                kept.origin().pid(),
                kept.origin().host(),
                anew.why());
        return run;
    }

    /** Nobody is there to be asked: whatever is against going on from the files, the pipeline runs anew. */
    private GoingOn decide(RunDetails lost, Supplier<Optional<String>> query) {
        try {
            Optional<String> before = lost.run().query();
            Optional<String> hash = query.get().map(Sha256::of);
            if (before.isPresent() && hash.isPresent() && !hash.equals(before)) {
                return new GoingOn.Anew(lost, "the pipeline's query has changed");
            }
            return files.map(check -> GoingOn.of(lost, check))
                    .orElseGet(() -> new GoingOn.Anew(lost, "its route stages no files"));
        } catch (RuntimeException e) {
            Failure failure = Failures.of(e, Step.STAGE);
            return new GoingOn.Anew(lost, "looking at them failed: " + failure.message());
        }
    }

    private static void replace(Run run, GoingOn.Anew anew) {
        KeptRun kept = anew.kept().run();
        run.recovery().setReplaced(new Replaced(kept.id(), anew.why(), kept.table()));
    }

    private Run lease(Exchange exchange, Run run) {
        run.setRoute(routes.text(exchange, run.pipeline()));
        CamelContext context = exchange.getContext();
        bound(context, RetryRule.class, "retry rules", "each run has one")
                .ifPresent(rule -> run.recovery().retries().setRule(rule));
        Ledger ledger = bound(context, Ledger.class, "ledgers", "a lock is one only in one ledger")
                .orElseGet(Ledger::none);
        run.setLease(ledger.begin(run));
        return run;
    }

    private static <T> Optional<T> bound(CamelContext context, Class<T> type, String name, String why) {
        Set<T> found = context.getRegistry().findByType(type);
        if (found.size() > 1) {
            throw new CaravanException(
                    Category.CONFIG, found.size() + " " + name + " are bound in the registry; " + why + ": bind one.");
        }
        return found.stream().findFirst();
    }
}
