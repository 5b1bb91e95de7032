package org.caravan.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * In which keys settings differ; immutable.
 *
 * @param live those whose new value can come into force while a service works: only routes and Kamelets read them, by placeholders
 * @param later those whose new value can only be in force from the start of a service on
 */
public record SettingsDiff(Set<String> live, Set<String> later) {
    /** Those of the catalogue that nobody but routes and Kamelets reads. */
    private static final Set<String> OF_ROUTES = Set.of(
            "staging.part-size",
            "redshift.slices",
            "verify.digest",
            "verify.sample",
            "verify.compare",
            "verify.show-rows");

    private static final String SCHEDULE = ".schedule";

    public SettingsDiff {
        live = Set.copyOf(live);
        later = Set.copyOf(later);
    }

    /** How settings that were read anew differ from those of the start. Asks no service for a value. */
    public static SettingsDiff between(Settings start, Settings now) {
        Set<String> keys = new TreeSet<>(start.keys());
        keys.addAll(now.keys());
        keys.removeIf(key -> Objects.equals(value(start, key), value(now, key)));
        Predicate<String> isFixed = fixed(start).or(fixed(now));
        Set<String> live = new TreeSet<>();
        Set<String> later = new TreeSet<>();
        keys.forEach(key -> (isFixed.test(key) ? later : live).add(key));
        return new SettingsDiff(live, later);
    }

    private static Optional<String> value(Settings settings, String key) {
        return settings.unfilled().find(key);
    }

    private static Predicate<String> fixed(Settings settings) {
        List<String> ofCamel = new ArrayList<>();
        settings.keys().stream()
                .filter(key -> key.startsWith(Settings.OF_CAMEL))
                .forEach(key -> settings.entry(key).ifPresent(entry -> ofCamel.add(entry.text())));
        Set<String> usedByCamel = UsedKeys.in(ofCamel);
        List<String> dataSources = settings.dataSources();
        return key -> {
            boolean ofProduct = Settings.isKnown(key) && !OF_ROUTES.contains(key);
            boolean ofDataSource =
                    !key.endsWith(SCHEDULE) && dataSources.stream().anyMatch(name -> key.startsWith(name + "."));
            // What is masked in the log and the ledger is learnt at the start.
            boolean secret = SecretSettings.isSecret(key) || settings.isKeptApart(key);
            return key.startsWith(Settings.OF_CAMEL)
                    || usedByCamel.contains(key)
                    || ofProduct
                    || ofDataSource
                    || secret;
        };
    }
}
