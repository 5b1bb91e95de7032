package org.caravan.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;

/** Reads the layers of settings: defaults, files, mounted secrets. Not thread-safe; used once. */
final class SettingsFiles {
    private static final String PROFILE = "caravan.profile";
    private static final String SECRETS = "caravan.secrets-directory";
    private static final String LEDGER_URL = "ledger.url";

    private final Map<String, String> environment;
    private final Map<String, Entry> inForce = new HashMap<>();
    private final List<Entry> written = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> origins = new ArrayList<>();
    private final List<Path> absent = new ArrayList<>();

    SettingsFiles(Map<String, String> environment) {
        this.environment = environment;
    }

    Settings read(Path config, Optional<String> profile, Path sandbox) {
        defaults(config);
        if (Files.isRegularFile(config)) {
            file(config);
        } else {
            folder(config, profile, sandbox);
        }
        secrets();
        Placeholders placeholders = new Placeholders(new HashMap<>(inForce), environment);
        List<Entry> filled =
                written.stream().map(entry -> filled(entry, placeholders)).toList();
        filled.forEach(entry -> inForce.put(entry.key(), entry));
        return new Settings(inForce, filled, environment, origins, absent, problems, UnaryOperator.identity());
    }

    /** Camel fills in the values of its own settings when it takes them, since it knows more functions. */
    private Entry filled(Entry entry, Placeholders placeholders) {
        return entry.key().startsWith(Settings.OF_CAMEL) || entry.isSecretFile()
                ? entry
                : placeholders.fill(entry, problems);
    }

    private void defaults(Path config) {
        new TreeMap<>(wiring()).forEach((key, value) -> preset(key.toString(), value.toString()));
        Catalogue.all().forEach(setting -> setting.preset().ifPresent(value -> preset(setting.key(), value)));
        preset(LEDGER_URL, "jdbc:h2:file:" + ledgerFile(config));
    }

    /** How the settings reach Camel and its components; not for users. */
    private static Properties wiring() {
        Properties wiring = new Properties();
        try (InputStream defaults = SettingsFiles.class.getResourceAsStream("/org/caravan/defaults.properties")) {
            wiring.load(defaults);
        } catch (IOException e) {
            throw new UncheckedIOException("The product's own defaults cannot be read", e);
        }
        return wiring;
    }

    /** Beside the configuration folder, so that it is where the pipelines are and not where the process was started. */
    private static Path ledgerFile(Path config) {
        Path absolute = config.toAbsolutePath().normalize();
        Path parent = absolute.getParent() == null ? absolute : absolute.getParent();
        return parent.resolve("data").resolve("ledger");
    }

    private void preset(String key, String value) {
        inForce.put(key, Entry.of(key, value, Place.DEFAULT));
    }

    private void folder(Path config, Optional<String> profile, Path sandbox) {
        if (!Files.isDirectory(config)) {
            throw new CaravanException(
                    Category.CONFIG,
                    "The configuration folder " + config + " does not exist; name one with --config DIR.");
        }
        Path base = config.resolve("application.properties");
        if (Files.exists(base)) {
            file(base);
        } else {
            absent.add(base);
        }
        String name = profile.or(() -> Optional.ofNullable(environment.get(Settings.variable(PROFILE))))
                .orElseGet(() -> inForce.get(PROFILE).text().strip());
        String file = "application-" + name + ".properties";
        Path ofProfile = config.resolve(file);
        if (!Files.exists(ofProfile) && name.equals(Settings.DEFAULT_PROFILE)) {
            absent.add(ofProfile);
            ofProfile = sandbox.resolve(file);
        }
        if (Files.exists(ofProfile)) {
            file(ofProfile);
        } else if (name.equals(Settings.DEFAULT_PROFILE)) {
            throw new CaravanException(
                    Category.CONFIG,
                    "The profile '" + name + "' is in force, but neither " + config.resolve(file) + " nor " + ofProfile
                            + " exists: start the stand-ins with './caravan sandbox up', or choose another profile with"
                            + " --profile NAME or caravan.profile.");
        } else {
            throw new CaravanException(
                    Category.CONFIG, "The profile '" + name + "' is in force, but " + ofProfile + " does not exist.");
        }
    }

    private void file(Path file) {
        try {
            PropertiesFile read = PropertiesFile.read(file);
            take(read.entries());
            problems.addAll(read.problems());
        } catch (IOException e) {
            throw new CaravanException(
                    Category.CONFIG, "The settings in " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
        origins.add(file.toString());
    }

    private void secrets() {
        Optional.ofNullable(environment.get(Settings.variable(SECRETS)))
                .map(folder -> Entry.of(SECRETS, folder, Place.inEnvironment(Settings.variable(SECRETS))))
                .or(() -> Optional.ofNullable(inForce.get(SECRETS))
                        .map(entry -> new Placeholders(inForce, environment).fill(entry, new ArrayList<>())))
                .filter(entry -> !entry.isBlank())
                .ifPresent(entry -> {
                    SecretsFolder folder =
                            SecretsFolder.read(Path.of(entry.value().strip()), entry);
                    take(folder.entries());
                    problems.addAll(folder.problems());
                });
    }

    private void take(List<Entry> entries) {
        written.addAll(entries);
        entries.forEach(entry -> inForce.put(entry.key(), entry));
    }
}
