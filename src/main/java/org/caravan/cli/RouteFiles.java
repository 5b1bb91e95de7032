package org.caravan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.PluginHelper;
import org.caravan.reload.Problem;
import org.caravan.reload.RouteErrors;
import org.caravan.reload.TopLevel;

/**
 * Loads the files of a folder one by one into a context that starts no route, so that one bad file says what is wrong with it and
 * the others are looked at all the same. The context is to be thrown away.
 */
final class RouteFiles {
    private final CamelContext context;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Path> fileOfRoute = new TreeMap<>();

    private RouteFiles(CamelContext context) {
        this.context = context;
    }

    /** Loads these files. */
    static RouteFiles load(CamelContext context, Collection<Path> files) {
        RouteFiles loading = new RouteFiles(context);
        files.forEach(loading::load);
        return loading;
    }

    /** What is found of each file. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The file that a route is in, if it was loaded. */
    Optional<Path> fileOf(String route) {
        return Optional.ofNullable(fileOfRoute.get(route));
    }

    private void load(Path file) {
        String subject = "file " + file.getFileName();
        Map<String, RouteDefinition> before = routes();
        try {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(
                            PluginHelper.getResourceLoader(context).resolveResource("file:" + file.toAbsolutePath()));
        } catch (Exception e) {
            List<String> problems = new ArrayList<>();
            problems.add(RouteErrors.explain(e));
            problems.addAll(otherProblems(added(before), problems.get(0)));
            problems.forEach(
                    problem -> findings.add(Finding.problem(subject, problem).in(file)));
            return;
        }
        Optional<Problem> overlooked = overlooked(file);
        overlooked.ifPresent(problem -> findings.add(
                Finding.problem(subject, problem.message() + line(problem)).in(file)));
        Collection<String> loaded = new TreeSet<>();
        for (RouteDefinition route : added(before)) {
            loaded.add(route.getRouteId());
            Optional.ofNullable(fileOfRoute.put(route.getRouteId(), file))
                    .ifPresent(other -> findings.add(Finding.problem(
                                    subject,
                                    "The route id '" + route.getRouteId() + "' is taken by " + other.getFileName()
                                            + "; the one would replace the other. Give this route another id.")
                            .in(file)));
        }
        if (overlooked.isPresent()) {
            return;
        }
        findings.add(Finding.ok(
                        subject,
                        loaded.isEmpty()
                                ? "loads"
                                : (loaded.size() == 1 ? "route " : "routes ") + String.join(", ", loaded))
                .in(file));
    }

    private static Optional<Problem> overlooked(Path file) {
        try {
            return TopLevel.problem(file, Files.readString(file));
        } catch (IOException e) {
            // Camel has just read it, and what is no UTF-8 is said by nobody better.
            return Optional.empty();
        }
    }

    private static String line(Problem problem) {
        return problem.line().isPresent() ? " (line " + problem.line().getAsInt() + ")" : "";
    }

    private Map<String, RouteDefinition> routes() {
        Map<String, RouteDefinition> routes = new TreeMap<>();
        for (RouteDefinition route : ((ModelCamelContext) context).getRouteDefinitions()) {
            routes.put(route.getRouteId(), route);
        }
        return routes;
    }

    /** The routes that are there since, without those that Kamelets are made of. */
    private List<RouteDefinition> added(Map<String, RouteDefinition> before) {
        return routes().values().stream()
                .filter(route -> before.get(route.getRouteId()) != route)
                .filter(route -> !Boolean.TRUE.equals(route.isTemplate()) && !route.isCreatedFromTemplate())
                .toList();
    }

    /** Camel stops at the first endpoint that it cannot make; the others of the file may be wrong as well. */
    private List<String> otherProblems(List<RouteDefinition> routes, String known) {
        List<String> problems = new ArrayList<>();
        for (RouteDefinition route : routes) {
            for (ToDefinition to :
                    ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
                try {
                    context.getEndpoint(context.resolvePropertyPlaceholders(to.getEndpointUri()));
                } catch (RuntimeException e) {
                    String problem = RouteErrors.explain(e);
                    if (!known.contains(problem) && !problem.contains(known) && !problems.contains(problem)) {
                        problems.add(problem);
                    }
                }
            }
        }
        return problems;
    }
}
