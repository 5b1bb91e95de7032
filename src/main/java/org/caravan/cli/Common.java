package org.caravan.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.caravan.settings.Settings;
import picocli.CommandLine.Option;

/** The options that every verb takes. */
final class Common {
    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description = "The folder of the pipelines' routes (default: routes).")
    private Path routes;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description =
                    "The folder of application.properties and its profiles, or one properties file (default: config).")
    private Path config;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Read application-NAME.properties over application.properties"
                    + " (default: CARAVAN_PROFILE, else caravan.profile, else sandbox).")
    private String profile;

    Path routes() {
        return routes == null ? home().resolve("routes") : routes;
    }

    /** The settings; {@code sandbox} profile from the sandbox's own folder if the configuration folder has none. */
    Settings settings() {
        Settings read = Settings.load(
                config == null ? home().resolve("config") : config, Optional.ofNullable(profile), sandbox());
        Masking.learn(read);
        Settings settings = read.filledBy(new CamelValues(read.toProperties()));
        Masking.learn(settings);
        return settings;
    }

    /** The settings as their files are now, of the profile that these have. */
    Settings settingsAgain(Settings before) {
        // Secrets are not learnt: those of the start stay in force.
        return Settings.load(
                config == null ? home().resolve("config") : config,
                Optional.ofNullable(profile).or(() -> before.find("caravan.profile")),
                sandbox());
    }

    /** The settings, of which none is wrong. Fails with everything that is wrong with them, a line each. */
    Settings checkedSettings() {
        Settings settings = settings();
        settings.check(routes());
        return settings;
    }

    /** The settings of one properties file alone, without a configuration folder. */
    static Settings settingsOf(Path file) {
        return Settings.load(file, Optional.empty(), sandbox());
    }

    /** The folder of the product: where the launcher lies. */
    static Path home() {
        return Path.of(System.getProperty("caravan.home", "."));
    }

    /** The folder of the sandbox unless one is named. */
    static Path sandbox() {
        return Path.of(System.getProperty(
                "caravan.sandbox.dir",
                home().resolve("target").resolve("sandbox").toString()));
    }
}
