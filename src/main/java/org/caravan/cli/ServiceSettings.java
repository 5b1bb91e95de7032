package org.caravan.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.caravan.reload.ChangingSettings;
import org.caravan.reload.Problem;
import org.caravan.reload.Reloader;
import org.caravan.settings.Settings;
import org.caravan.settings.SettingsDiff;

/**
 * The settings of a service, which follow their files: those of the start, and over them the new values of keys that only routes read.
 * Everything else that was made of the settings at the start stays as it is. May be read by any thread; one changes it.
 */
final class ServiceSettings implements Reloader.Settings, ChangingSettings {
    private final Settings start;
    private final Map<String, String> own;
    private final Supplier<Settings> reading;
    private final Path routes;
    /** The new values; empty for a key that is not set any more. */
    private volatile Map<String, Optional<String>> changed = Map.of();

    private Settings read;
    private Optional<PropertiesComponent> camels = Optional.empty();
    private Properties atStart = new Properties();

    /**
     * Those of the start.
     *
     * @param own what the host sets itself
     * @param reading reads the files again
     * @param routes the folder of the routes, which use the keys
     */
    ServiceSettings(Settings start, Map<String, String> own, Supplier<Settings> reading, Path routes) {
        this.start = start;
        this.own = Map.copyOf(own);
        this.reading = reading;
        this.routes = routes;
        this.read = start;
    }

    /** Has the placeholders of this Camel, which was started with the same settings, filled in by these. */
    void fillIn(CamelContext context) {
        PropertiesComponent component = (PropertiesComponent) context.getPropertiesComponent();
        atStart = component.getInitialProperties();
        camels = Optional.of(component);
    }

    @Override
    public Optional<ChangingSettings> changing() {
        return Optional.of(this);
    }

    @Override
    public List<Path> files() {
        return start.origins().stream()
                .map(origin -> Path.of(origin).toAbsolutePath().normalize())
                .toList();
    }

    @Override
    public List<Path> absent() {
        return start.absent().stream()
                .map(file -> file.toAbsolutePath().normalize())
                .toList();
    }

    @Override
    public Reading read() {
        try {
            read = reading.get();
            List<Wrong> wrong =
                    read.problems(routes).stream().map(ServiceSettings::wrong).toList();
            return wrong.isEmpty() ? compared() : new Reading.Bad(wrong);
        } catch (RuntimeException e) {
            // Whatever it is, the routes are to be followed on.
            return new Reading.Bad(List.of(
                    new Wrong(Optional.empty(), new Problem(String.valueOf(e.getMessage()), OptionalInt.empty()))));
        }
    }

    private static Wrong wrong(org.caravan.settings.Problem problem) {
        String place = problem.place().text();
        return new Wrong(
                problem.place()
                        .file()
                        .map(file -> Path.of(file).toAbsolutePath().normalize()),
                new Problem(
                        problem.place().file().isPresent()
                                ? problem.line().substring(place.length() + 2)
                                : problem.line(),
                        problem.place().line()));
    }

    private Reading compared() {
        SettingsDiff diff = SettingsDiff.between(start, read);
        Settings now = read.unfilled();
        Set<String> keys = new TreeSet<>(diff.live());
        // One that is again as it was at the start.
        keys.addAll(changed.keySet());
        keys.removeAll(diff.later());
        keys.removeIf(key ->
                now.find(key).equals(changed.getOrDefault(key, start.unfilled().find(key))));
        return new Reading.Good(keys, diff.later());
    }

    @Override
    public Reloader.Settings with(Set<String> keys) {
        return new Values(start, own, changedWith(keys));
    }

    @Override
    public Runnable adopt(Set<String> keys) {
        Map<String, Optional<String>> before = changed;
        put(changedWith(keys));
        return () -> put(before);
    }

    private Map<String, Optional<String>> changedWith(Set<String> keys) {
        Map<String, Optional<String>> values = new HashMap<>(changed);
        keys.forEach(key -> values.put(key, read.find(key)));
        return Map.copyOf(values);
    }

    private void put(Map<String, Optional<String>> values) {
        changed = values;
        Properties properties = new Properties();
        properties.putAll(atStart);
        values.forEach((key, value) ->
                value.ifPresentOrElse(text -> properties.setProperty(key, text), () -> properties.remove(key)));
        // At once: no route is made with half of it.
        camels.ifPresent(component -> component.setInitialProperties(properties));
    }

    @Override
    public Optional<String> find(String key) {
        return new Values(start, own, changed).find(key);
    }

    @Override
    public Set<String> keys() {
        return new Values(start, own, changed).keys();
    }

    /** Settings at one time, as routes are tried with them; immutable. */
    private record Values(Settings start, Map<String, String> own, Map<String, Optional<String>> changed)
            implements Reloader.Settings {
        @Override
        public Optional<String> find(String key) {
            Optional<String> system = Optional.ofNullable(System.getProperty(key));
            if (system.isPresent()) {
                return system;
            }
            Optional<String> set = changed.containsKey(key)
                    ? changed.get(key)
                    : start.find(key)
                            .or(() -> Optional.ofNullable(start.toProperties().getProperty(key)));
            return set.or(() -> Optional.ofNullable(own.get(key)));
        }

        @Override
        public Set<String> keys() {
            Set<String> keys = new TreeSet<>(start.keys());
            changed.forEach((key, value) -> {
                if (value.isPresent()) {
                    keys.add(key);
                } else {
                    keys.remove(key);
                }
            });
            keys.addAll(own.keySet());
            return keys;
        }
    }
}
