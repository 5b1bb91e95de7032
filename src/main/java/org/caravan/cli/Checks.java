package org.caravan.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Failure;

/** Checks settings, files and pipelines, and on demand connections; goes on after each problem as far as that makes sense. */
final class Checks {
    private final Settings settings;
    private final Path routes;
    private final Scope scope;
    private final List<Finding> findings = new ArrayList<>();

    /** How far to go. */
    enum Scope {
        /** Connect to nothing. */
        OFFLINE,
        /** Try every connection and right as well. */
        CONNECT
    }

    Checks(Settings settings, Path routes, Scope scope) {
        this.settings = settings;
        this.routes = routes;
        this.scope = scope;
    }

    /**
     * What is found of these pipelines, or of all if none is named.
     */
    List<Finding> run(Collection<String> wanted) {
        Map<String, String> stand = settings();
        try {
            List<Path> files = Host.files(routes);
            try (Host host = Host.dry(settings.with(stand), routes)) {
                findings.addAll(RouteFiles.load(host.context(), files));
                pipelines(host, wanted);
            }
        } catch (CaravanException e) {
            findings.add(Finding.problem("routes", new Failure(e.category(), e.getMessage())));
        }
        return List.copyOf(findings);
    }

    /** What stands for the settings that are missing, so that what else is wrong is found as well. */
    private Map<String, String> settings() {
        Map<String, String> missing = settings.missing();
        missing.forEach((key, meaning) -> {
            findings.add(Finding.problem(
                    "setting " + key,
                    "It is not set (" + meaning + "). Set it in " + settings.where() + " or as "
                            + Settings.variable(key) + " in the environment."));
        });
        if (missing.isEmpty()) {
            findings.add(Finding.ok("settings", String.join(", ", settings.origins())));
        }
        return stand(settings);
    }

    /** Values for the settings that are missing, with which routes load that are not run. */
    static Map<String, String> stand(Settings settings) {
        Map<String, String> stand = new HashMap<>();
        settings.missing()
                .forEach((key, meaning) -> stand.put(key, key.endsWith(".url") ? "jdbc:missing:" : "missing"));
        return stand;
    }

    private void pipelines(Host host, Collection<String> wanted) {
        CamelContext context = host.context();
        ConnectionCheck connections = new ConnectionCheck(host);
        for (String pipeline : wanted) {
            if (!host.pipelines().contains(pipeline)) {
                findings.add(Finding.problem(
                        pipeline,
                        "There is no such pipeline in the files of " + routes + " that load; there are: "
                                + String.join(", ", host.pipelines()) + "."));
            }
        }
        for (String pipeline : host.pipelines()) {
            if (wanted.isEmpty() || wanted.contains(pipeline)) {
                findings.add(ScheduleCheck.of(host, pipeline));
            }
            if (context.getRoute(pipeline) != null && (wanted.isEmpty() || wanted.contains(pipeline))) {
                List<RouteSteps.Step> steps = RouteSteps.of(context, pipeline);
                findings.addAll(PipelineCheck.of(pipeline, steps));
                if (scope == Scope.CONNECT) {
                    connections.check(pipeline, steps);
                }
            }
        }
        findings.addAll(connections.findings());
    }
}
