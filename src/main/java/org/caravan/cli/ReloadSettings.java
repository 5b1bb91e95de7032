package org.caravan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.reload.RouteFolder;
import org.caravan.settings.Settings;

/** The settings of hot reload, which have the names of Camel's own; stateless. */
final class ReloadSettings {
    private static final String MAIN = "camel.main.";
    /** Camel's own reload and loading of routes, in every spelling that Camel Main takes. */
    private static final Pattern CAMELS =
            Pattern.compile("(?i)camel\\.main\\.(routes-?(reload|include|exclude).*|context-?reload-?enabled)");

    private ReloadSettings() {}

    /** Whether a service follows the files of its routes; it does unless it is told not to. */
    static boolean isEnabled(Settings settings) {
        return find(settings, "reload-enabled")
                .map(value -> !value.equalsIgnoreCase("false"))
                .orElse(true);
    }

    /**
     * The files of the routes' folder that are routes.
     *
     * @throws CaravanException if the settings want of Camel's reload what this one does not do
     */
    static RouteFolder folder(Settings settings, Path routes) {
        refuseOthers(settings, routes);
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

    /** A switch that somebody has set for a reason must not be passed over. */
    private static void refuseOthers(Settings settings, Path routes) {
        find(settings, "reload-directory")
                .map(text -> Path.of(text.replaceFirst("^file:", "")))
                .filter(folder -> !isSame(folder, routes))
                .ifPresent(folder -> {
                    throw refused(
                            "routes-reload-directory",
                            folder.toString(),
                            "but the routes are those of " + routes + "; write --routes " + folder + ", or delete it.");
                });
        refuseTrue(
                settings,
                "routes-reload-remove-all-routes",
                "but only the routes of a file that has changed are exchanged; set it to false, or delete it.");
        refuseTrue(
                settings,
                "routes-reload-restart-duration",
                "but a reload does not prolong camel.main.duration-max-seconds; set it to false, or delete it.");
        refuseTrue(
                settings,
                "context-reload-enabled",
                "but Camel is never started anew as a whole, which would cut runs: a change of the settings is followed key by"
                        + " key (docs/reload.md). Set it to false, or delete it.");
    }

    private static void refuseTrue(Settings settings, String name, String why) {
        findOfMain(settings, name)
                .filter(value -> value.equalsIgnoreCase("true"))
                .ifPresent(value -> {
                    throw refused(name, value, why);
                });
    }

    private static CaravanException refused(String name, String value, String why) {
        return new CaravanException(Category.CONFIG, MAIN + name + "=" + value + ", " + why);
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return one.toAbsolutePath()
                    .normalize()
                    .equals(other.toAbsolutePath().normalize());
        }
    }

    private static Optional<String> find(Settings settings, String name) {
        return findOfMain(settings, "routes-" + name);
    }

    private static Optional<String> findOfMain(Settings settings, String name) {
        return settings.find(MAIN + name).or(() -> settings.find(MAIN + camelCase(name)));
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
}
