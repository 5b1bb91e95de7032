package org.caravan.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.caravan.reload.Reloader;
import org.caravan.reload.RouteFolder;
import org.caravan.settings.Settings;

/** The settings of hot reload, which have the names of Camel's own; stateless. */
final class ReloadSettings {
    private static final String PREFIX = "camel.main.routes-";
    /** Camel's own reload and loading of routes, in every spelling that Camel Main takes. */
    private static final Pattern CAMELS = Pattern.compile("(?i)camel\\.main\\.routes-?(reload|include|exclude).*");

    private ReloadSettings() {}

    /** Whether a service follows the files of its routes; it does unless it is told not to. */
    static boolean isEnabled(Settings settings) {
        return find(settings, "reload-enabled")
                .map(value -> !value.equalsIgnoreCase("false"))
                .orElse(true);
    }

    /** The files of the routes' folder that are routes. */
    static RouteFolder folder(Settings settings, Path routes) {
        return RouteFolder.of(
                routes,
                find(settings, "reload-directory-recursive")
                        .map(value -> !value.equalsIgnoreCase("false"))
                        .orElse(true),
                find(settings, "include-pattern")
                        .or(() -> find(settings, "reload-pattern"))
                        .orElse(RouteFolder.PATTERNS),
                find(settings, "exclude-pattern"));
    }

    /** The folder of the routes, if the settings name one. */
    static Optional<Path> directory(Settings settings) {
        return find(settings, "reload-directory").map(Path::of);
    }

    private static Optional<String> find(Settings settings, String name) {
        return settings.find(PREFIX + name).or(() -> settings.find("camel.main." + camelCase("routes-" + name)));
    }

    private static String camelCase(String name) {
        return Pattern.compile("-([a-z])").matcher(name).replaceAll(letter -> letter.group(1)
                .toUpperCase(java.util.Locale.ROOT));
    }

    /** The settings without those that would have Camel load or reload routes by itself. */
    static Properties withoutCamels(Properties properties) {
        Properties left = new Properties();
        properties.forEach((key, value) -> {
            if (!CAMELS.matcher(String.valueOf(key)).matches()) {
                left.put(key, value);
            }
        });
        return left;
    }

    /**
     * The settings as routes are tried with them.
     *
     * @param own what the host sets itself
     */
    record Tried(Settings settings, Map<String, String> own) implements Reloader.Settings {
        @Override
        public Optional<String> find(String key) {
            return Optional.ofNullable(System.getProperty(key))
                    .or(() -> settings.find(key))
                    .or(() -> Optional.ofNullable(settings.toProperties().getProperty(key)))
                    .or(() -> Optional.ofNullable(own.get(key)));
        }

        @Override
        public Set<String> keys() {
            Set<String> keys = new TreeSet<>(settings.keys());
            keys.addAll(own.keySet());
            return keys;
        }
    }
}
