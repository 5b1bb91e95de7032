package org.caravan.reload;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.spi.PropertiesSource;

/** Settings of a properties file, in which {@code later.*} cannot change and the value {@code wrong} is. */
record FileSettings(Path file, Map<String, String> inForce, Map<String, String> latest)
        implements Reloader.Settings, ChangingSettings, PropertiesSource {
    FileSettings(Path file, Map<String, String> inForce) {
        this(file, inForce, new HashMap<>());
        inForce.putAll(load());
    }

    private Map<String, String> load() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }

    @Override
    public Optional<ChangingSettings> changing() {
        return Optional.of(this);
    }

    @Override
    public List<Path> files() {
        return List.of(file);
    }

    @Override
    public List<Path> absent() {
        return List.of(file.resolveSibling("new.properties"));
    }

    @Override
    public Reading read() {
        latest.clear();
        latest.putAll(load());
        if (latest.containsValue("wrong")) {
            return new Reading.Bad(
                    List.of(new Wrong(Optional.of(file), new Problem("it is wrong; mend it", OptionalInt.of(1)))));
        }
        Set<String> changed = new TreeSet<>(latest.keySet());
        changed.addAll(inForce.keySet());
        changed.removeIf(key -> Optional.ofNullable(latest.get(key)).equals(find(key)));
        Set<String> later = new TreeSet<>(changed);
        later.removeIf(key -> !key.startsWith("later."));
        changed.removeAll(later);
        return new Reading.Good(changed, later);
    }

    @Override
    public Reloader.Settings with(Set<String> keys) {
        Map<String, String> values = new HashMap<>(inForce);
        keys.forEach(key -> values.put(key, latest.get(key)));
        return new ReloadedFolder.TestSettings(values);
    }

    @Override
    public Runnable adopt(Set<String> keys) {
        Map<String, String> before = new HashMap<>(inForce);
        keys.forEach(key -> inForce.compute(key, (same, old) -> latest.get(key)));
        return () -> {
            inForce.clear();
            inForce.putAll(before);
        };
    }

    @Override
    public Optional<String> find(String key) {
        return Optional.ofNullable(inForce.get(key));
    }

    @Override
    public Set<String> keys() {
        return inForce.keySet();
    }

    @Override
    public String getName() {
        return "file";
    }

    @Override
    public String getProperty(String name) {
        return inForce.get(name);
    }
}
