package org.caravan.reload;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.core.ThrowingRunnable;
import org.quartz.impl.matchers.GroupMatcher;

/** A folder of routes that a Camel follows, with steps that note what runs: {@code bean:noted} and {@code bean:slow}. */
final class ReloadedFolder implements AutoCloseable {
    final Path folder;
    final DefaultCamelContext camel = new DefaultCamelContext();
    final Map<String, String> settings = new ConcurrentHashMap<>();
    final List<Reloader.Change> changes = Collections.synchronizedList(new ArrayList<>());
    final List<String> noted = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch slowMayEnd = new CountDownLatch(1);
    final Reloader reloader;

    ReloadedFolder(Path folder) {
        this(folder, TestSettings::new);
    }

    /** With settings that are made of the map. */
    <S extends Reloader.Settings & org.apache.camel.spi.PropertiesSource> ReloadedFolder(
            Path folder, Function<Map<String, String>, S> made) {
        this.folder = folder;
        S source = made.apply(settings);
        camel.disableJMX();
        camel.getRegistry().bind("noted", (Processor) exchange -> noted.add(text(exchange)));
        camel.getRegistry().bind("slow", (Processor) exchange -> slow(exchange));
        camel.getPropertiesComponent().addPropertiesSource(source);
        reloader = Reloader.of(
                camel,
                RouteFolder.of(folder, true, RouteFolder.PATTERNS, Optional.empty()),
                source,
                changes::add,
                Duration.ofSeconds(1));
    }

    /** Settings that change when the map does. */
    record TestSettings(Map<String, String> values)
            implements Reloader.Settings, org.apache.camel.spi.PropertiesSource {
        @Override
        public Optional<String> find(String key) {
            return Optional.ofNullable(values.get(key));
        }

        @Override
        public Set<String> keys() {
            return values.keySet();
        }

        @Override
        public String getName() {
            return "test";
        }

        @Override
        public String getProperty(String name) {
            return values.get(name);
        }
    }

    private void slow(Exchange exchange) throws InterruptedException {
        noted.add("begun " + text(exchange));
        slowMayEnd.await(60, SECONDS);
        noted.add("over " + text(exchange));
    }

    private static String text(Exchange exchange) {
        return exchange.getMessage().getBody(String.class);
    }

    ReloadedFolder start() {
        camel.start();
        reloader.start();
        return this;
    }

    /** Writes a file as an editor does that renames. */
    void write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Path draft = file.resolveSibling("." + file.getFileName() + ".draft");
            Files.writeString(draft, text);
            Files.move(draft, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String name) {
        try {
            Files.delete(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A route that notes a text. */
    static String route(String id, String from, String text) {
        return route(id, from, text, "bean:noted");
    }

    static String route(String id, String from, String text, String to) {
        return """
                - route:
                    id: %s
                    from:
                      uri: "%s"
                      steps:
                        - setBody:
                            constant: "%s"
                        - to: %s
                """
                .formatted(id, from, text, to);
    }

    /** What a call of a direct route notes. */
    String call(String id) {
        return camel.createFluentProducerTemplate()
                .to("direct:" + id)
                .withBody("")
                .request(String.class);
    }

    FileState state(String name) {
        return reloader.state().files().stream()
                .filter(file -> file.file().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no state of " + name + " in " + reloader.state()));
    }

    void eventually(ThrowingRunnable assertion) {
        await().atMost(20, SECONDS).pollInterval(Duration.ofMillis(50)).untilAsserted(assertion);
    }

    /** What was told of a file. */
    List<Reloader.Outcome> outcomes(String name) {
        synchronized (changes) {
            return changes.stream()
                    .filter(change -> change.name().equals(name))
                    .map(Reloader.Change::outcome)
                    .toList();
        }
    }

    Map<String, String> routesAndStatus() {
        Map<String, String> routes = new TreeMap<>();
        camel.getRoutes()
                .forEach(route -> routes.put(
                        route.getId(),
                        camel.getRouteController().getRouteStatus(route.getId()).name()));
        return routes;
    }

    int quartzJobs() throws Exception {
        return camel.hasComponent("quartz") == null
                ? 0
                : camel.getComponent("quartz", QuartzComponent.class)
                        .getScheduler()
                        .getJobKeys(GroupMatcher.anyJobGroup())
                        .size();
    }

    @Override
    public void close() {
        slowMayEnd.countDown();
        reloader.close();
        camel.stop();
    }
}
