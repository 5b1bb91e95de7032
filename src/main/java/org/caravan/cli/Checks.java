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
import org.caravan.settings.Problem;
import org.caravan.settings.Settings;

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
                RouteFiles loaded = RouteFiles.load(host.context(), files);
                findings.addAll(loaded.findings());
                pipelines(host, loaded, wanted);
            }
        } catch (CaravanException e) {
            findings.add(Finding.problem("routes", new Failure(e.category(), e.getMessage())));
        }
        return List.copyOf(findings);
    }

    /** Looks at the settings, and gives what stands for those that are missing or wrong. */
    private Map<String, String> settings() {
        List<Problem> problems = settings.problems(routes);
        problems.forEach(problem -> findings.add(Finding.problem(problem)));
        if (problems.isEmpty()) {
            findings.add(Finding.ok("settings", String.join(", ", settings.origins())));
        }
        return stand(problems);
    }

    /** Values for the settings that are missing or wrong, with which routes load that are not run. */
    static Map<String, String> stand(List<Problem> problems) {
        Map<String, String> stand = new HashMap<>();
        for (Problem problem : problems) {
            if (Settings.isKnown(problem.key())) {
                stand.put(problem.key(), stand(problem.key()));
            }
        }
        return stand;
    }

    private static String stand(String key) {
        return Settings.preset(key)
                .orElse(
                        switch (key) {
                            case "redshift.copy.iam-role" -> "default";
                            case "redshift.url", "databricks.url" -> "jdbc:missing:";
                            default -> "missing";
                        });
    }

    private void pipelines(Host host, RouteFiles loaded, Collection<String> wanted) {
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
                PipelineCheck.of(pipeline, steps).stream()
                        .map(finding -> loaded.fileOf(pipeline).map(finding::in).orElse(finding))
                        .forEach(findings::add);
                if (scope == Scope.CONNECT) {
                    connections.check(pipeline, steps);
                }
            }
        }
        findings.addAll(connections.findings());
    }
}
