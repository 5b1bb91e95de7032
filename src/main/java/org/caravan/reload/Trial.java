package org.caravan.reload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ModelLifecycleStrategy;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PropertyBindingSupport;

/**
 * Tries versions of files in a Camel that is thrown away: all routes are built and all endpoints resolved, and nothing is started.
 * What it may use of the Camel that works is only lent to it.
 */
final class Trial {
    private static final String COMPONENT = "camel.component.";
    private static final String POOL = "camel.threadpool.config[";

    private final CamelContext live;
    private final Settings settings;

    /** The settings under which versions are tried. */
    interface Settings {
        /** The value of a setting, also of one that only the environment holds. */
        Optional<String> find(String key);

        /** The names of all settings in files. */
        Set<String> keys();
    }

    Trial(CamelContext live, Settings settings) {
        this.live = live;
        this.settings = settings;
    }

    /** A version under test, and the versions of other files that would be loaded again with it. */
    record Candidate(Version version, List<Version> dependents) {}

    /**
     * Tries candidates, each of which may use what is before it.
     *
     * @param known versions that are good, and define what the others may need
     * @return of each candidate, by its file, what it holds or what is wrong
     */
    Map<Path, Tried> run(List<Version> known, List<Candidate> candidates) {
        Map<Path, Tried> results = new HashMap<>();
        halve(known, candidates, results);
        return results;
    }

    /** Camel ends at the first route that it cannot build, so what fails together is tried in halves. */
    private void halve(List<Version> known, List<Candidate> candidates, Map<Path, Tried> results) {
        if (candidates.isEmpty()) {
            return;
        }
        Optional<Problem> failure = together(known, candidates, results);
        if (failure.isEmpty()) {
            return;
        }
        if (candidates.size() == 1) {
            results.put(candidates.get(0).version().file(), new Tried.Bad(failure.get()));
            return;
        }
        int middle = candidates.size() / 2;
        List<Candidate> first = candidates.subList(0, middle);
        halve(known, first, results);
        List<Version> more = new ArrayList<>(known);
        first.stream()
                .map(Candidate::version)
                .filter(version -> version.mayDefine() && results.get(version.file()) instanceof Tried.Good)
                .forEach(more::add);
        halve(more, candidates.subList(middle, candidates.size()), results);
    }

    private Optional<Problem> together(List<Version> known, List<Candidate> candidates, Map<Path, Tried> results) {
        Map<String, Version> files = new LinkedHashMap<>();
        try (DefaultCamelContext trial = context()) {
            Loading loading = new Loading(trial);
            Version loaded = candidates.get(0).version();
            try {
                for (Version version : known) {
                    loading.load(version);
                }
                for (Candidate candidate : candidates) {
                    loaded = candidate.version();
                    loading.load(loaded);
                }
                for (Candidate candidate : candidates) {
                    for (Version dependent : candidate.dependents()) {
                        if (files.put(dependent.file().toString(), dependent) == null) {
                            loaded = dependent;
                            loading.load(dependent);
                        }
                    }
                }
                trial.init();
            } catch (Exception e) {
                return Optional.of(problem(e, loaded, loading, candidates));
            }
            for (RouteDefinition route : trial.getRouteDefinitions()) {
                loading.consumes(route);
            }
            for (Candidate candidate : candidates) {
                results.put(candidate.version().file(), loading.result(candidate.version()));
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(Problem.of("The trial does not close: " + e.getMessage() + "."));
        }
    }

    private static Problem problem(Exception error, Version loaded, Loading loading, List<Candidate> candidates) {
        Version about = loading.failed(error).orElse(loaded);
        Problem problem = ErrorLines.problem(error, about);
        Version candidate = candidates.get(0).version();
        return candidates.stream().anyMatch(other -> other.version().equals(about))
                ? problem
                : Problem.of(about.file().getFileName() + ", which uses "
                        + candidate.file().getFileName() + ", would not load with it: " + problem.message());
    }

    private DefaultCamelContext context() {
        DefaultCamelContext trial = new ManyRoutesContext(new DefaultRegistry(new LentBeans(live.getRegistry())));
        trial.disableJMX();
        trial.getCamelContextExtension().setName(live.getName() + "-trial");
        trial.getPropertiesComponent().addPropertiesSource(new Lent(settings));
        for (String key : settings.keys()) {
            if (key.startsWith(POOL) && key.indexOf(']') > 0) {
                String name = key.substring(POOL.length(), key.indexOf(']'));
                ThreadPoolProfile profile = live.getExecutorServiceManager().getThreadPoolProfile(name);
                if (profile != null) {
                    trial.getExecutorServiceManager().registerThreadPoolProfile(profile);
                }
            }
        }
        for (ModelLifecycleStrategy strategy : ((ModelCamelContext) live).getModelLifecycleStrategies()) {
            if (!(strategy instanceof OwnKamelets)) {
                trial.addModelLifecycleStrategy(strategy);
            }
        }
        components(trial);
        return trial;
    }

    /** Options of components, as Camel Main would set them. */
    private void components(CamelContext trial) {
        Map<String, Map<String, Object>> options = new TreeMap<>();
        for (String key : settings.keys()) {
            if (key.startsWith(COMPONENT) && key.indexOf('.', COMPONENT.length()) > 0) {
                int end = key.indexOf('.', COMPONENT.length());
                options.computeIfAbsent(key.substring(COMPONENT.length(), end), name -> new HashMap<>())
                        .put(key.substring(end + 1), settings.find(key).orElse(""));
            }
        }
        options.forEach((name, values) -> {
            Component component = trial.getComponent(name, true, false);
            if (component != null) {
                PropertyBindingSupport.build()
                        .withCamelContext(trial)
                        .withTarget(component)
                        .withProperties(values)
                        .withConfigurer(component.getComponentPropertyConfigurer())
                        .withIgnoreCase(true)
                        .bind();
            }
        });
    }

    /** The settings as Camel asks for them. */
    private record Lent(Settings settings) implements PropertiesSource {
        @Override
        public String getName() {
            return "settings";
        }

        @Override
        public String getProperty(String name) {
            return settings.find(name).orElse(null);
        }

        @Override
        public String getProperty(String name, String defaultValue) {
            return settings.find(name).orElse(defaultValue);
        }
    }
}
