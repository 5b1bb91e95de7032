package org.caravan.reload;

import java.text.ParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.support.PluginHelper;
import org.quartz.CronExpression;
import org.quartz.TriggerKey;

/** What the versions that were loaded into a context put into it. */
final class Loading {
    private final CamelContext context;
    private final Map<String, Version> fileOfRoute = new HashMap<>();
    private final Map<Version, Set<String>> routes = new HashMap<>();
    private final Map<Version, Set<String>> names = new HashMap<>();
    private final Map<Version, Set<String>> inputs = new HashMap<>();
    private final Map<Version, Problem> problems = new HashMap<>();
    private final Set<Version> configuring = new HashSet<>();
    private final Set<Version> scheduled = new HashSet<>();

    Loading(CamelContext context) {
        this.context = context;
    }

    void load(Version version) throws Exception {
        ModelCamelContext models = (ModelCamelContext) context;
        Set<String> templatesBefore = templates(models);
        int configurationsBefore = models.getRouteConfigurationDefinitions().size();
        Map<String, RouteDefinition> before = definitions(models);
        Set<String> beansBefore = beans(models);
        TopLevel.problem(version.file(), version.text()).ifPresent(problem -> problems.put(version, problem));
        PluginHelper.getRoutesLoader(context).loadRoutes(version.resource());
        Set<String> added = new TreeSet<>();
        definitions(models).forEach((id, definition) -> {
            if (before.get(id) != definition) {
                Version other = fileOfRoute.put(id, version);
                if (definition.hasCustomIdAssigned()) {
                    added.add(id);
                    if (other != null) {
                        problems.put(version, Duplicates.route(id, other.file(), version));
                    }
                }
            }
        });
        routes.put(version, added);
        Set<String> defined = templates(models);
        defined.removeAll(templatesBefore);
        Set<String> beans = beans(models);
        beans.removeAll(beansBefore);
        defined.addAll(beans);
        names.put(version, defined);
        if (models.getRouteConfigurationDefinitions().size() > configurationsBefore) {
            configuring.add(version);
        }
    }

    private static Set<String> templates(ModelCamelContext models) {
        Set<String> ids = new TreeSet<>();
        for (RouteTemplateDefinition template : models.getRouteTemplateDefinitions()) {
            ids.add(template.getId());
        }
        return ids;
    }

    private static Set<String> beans(ModelCamelContext models) {
        Set<String> names = new TreeSet<>();
        models.getCustomBeans().forEach(bean -> names.add(String.valueOf(bean.getName())));
        return names;
    }

    private static Map<String, RouteDefinition> definitions(ModelCamelContext models) {
        Map<String, RouteDefinition> definitions = new HashMap<>();
        models.getRouteDefinitions().forEach(route -> definitions.put(route.getRouteId(), route));
        return definitions;
    }

    /** The version that an error names the route of. */
    Optional<Version> failed(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailedToCreateRouteException route && fileOfRoute.containsKey(route.getRouteId())) {
                return Optional.of(fileOfRoute.get(route.getRouteId()));
            }
        }
        return Optional.empty();
    }

    void consumes(RouteDefinition route) {
        Version version = fileOfRoute.get(route.getRouteId());
        if (version == null || route.getInput() == null) {
            return;
        }
        Endpoint from = from(route);
        Optional<TriggerKey> trigger = Schedules.key(from);
        if (trigger.isPresent()) {
            scheduled.add(version);
            inputs.computeIfAbsent(version, file -> new TreeSet<>()).add("quartz:" + trigger.get());
            if (from instanceof QuartzEndpoint quartz) {
                cron(quartz, version);
            }
        } else if (from.getEndpointUri().startsWith("direct:")) {
            inputs.computeIfAbsent(version, file -> new TreeSet<>())
                    .add(from.getEndpointKey().replace("://", ":").replaceFirst("\\?.*", ""));
        }
    }

    private Endpoint from(RouteDefinition route) {
        Properties parameters = new Properties();
        Optional.ofNullable(route.getTemplateDefaultParameters()).ifPresent(parameters::putAll);
        Optional.ofNullable(route.getTemplateParameters()).ifPresent(parameters::putAll);
        PropertiesComponent properties = context.getPropertiesComponent();
        properties.setLocalProperties(parameters);
        try {
            return context.getEndpoint(
                    context.resolvePropertyPlaceholders(route.getInput().getEndpointUri()));
        } finally {
            properties.setLocalProperties(null);
        }
    }

    private void cron(QuartzEndpoint quartz, Version version) {
        try {
            if (quartz.getCron() != null) {
                CronExpression.validateExpression(quartz.getCron());
            }
        } catch (ParseException e) {
            problems.putIfAbsent(
                    version,
                    new Problem(
                            "cron=" + quartz.getCron() + " is no Quartz cron expression: " + e.getMessage() + ".",
                            ErrorLines.lineOf(quartz.getCron(), version)));
        }
    }

    Tried result(Version version) {
        Problem problem = problems.get(version);
        return problem != null
                ? new Tried.Bad(problem)
                : new Tried.Good(new Contents(
                        routes.getOrDefault(version, Set.of()),
                        inputs.getOrDefault(version, Set.of()),
                        names.getOrDefault(version, Set.of()),
                        configuring.contains(version),
                        scheduled.contains(version)));
    }
}
