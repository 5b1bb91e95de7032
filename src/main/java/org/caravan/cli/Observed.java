package org.caravan.cli;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.caravan.ledger.Pause;
import org.caravan.ledger.Standing;
import org.caravan.ledger.store.JdbcLedger;
import org.caravan.observe.FollowedFiles;
import org.caravan.observe.LedgerView;
import org.caravan.observe.Observation;
import org.caravan.observe.Tracing;
import org.caravan.settings.ObserveSettings;
import org.caravan.settings.Settings;

/** What a host lets be seen of it. */
final class Observed {
    private Observed() {}

    /**
     * The observation of a service; empty if none is wanted.
     *
     * @throws org.caravan.ledger.CaravanException if its port cannot be had
     */
    static Optional<Observation> of(Settings settings, JdbcLedger ledger, Optional<FollowedFiles> files) {
        ObserveSettings wanted = ObserveSettings.of(settings);
        return wanted.enabled()
                ? Optional.of(Observation.of(
                        wanted, new Observation.Parts(new View(ledger), files, Observed::pipelines, Masking::masked)))
                : Optional.empty();
    }

    /** The traces of runs, of a service and of the command line; empty if none are wanted, and then no class of theirs is loaded. */
    static Optional<Tracing> tracing(Settings settings) {
        Optional<String> endpoint = ObserveSettings.of(settings).tracing();
        return endpoint.isPresent() ? Optional.of(Tracing.to(endpoint.get())) : Optional.empty();
    }

    private static Set<String> pipelines(CamelContext context) {
        return context.getRoutes().stream()
                .filter(route -> Triggers.isScheduled(route.getEndpoint().getEndpointUri()))
                .map(Route::getId)
                .collect(Collectors.toSet());
    }

    private record View(JdbcLedger ledger) implements LedgerView {
        @Override
        public Map<String, Standing> standings(Set<String> pipelines) {
            return ledger.standings(pipelines);
        }

        @Override
        public Map<String, Pause> pauses() {
            return ledger.schedules().orElseThrow().pauses();
        }

        @Override
        public AutoCloseable hold() {
            return ledger.hold();
        }
    }
}
