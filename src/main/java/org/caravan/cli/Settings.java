package org.caravan.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;

/**
 * The settings of a process: the product's defaults, {@code application.properties} and {@code application-<profile>.properties} of
 * the configuration folder, and over these the environment ({@code staging.bucket} is {@code STAGING_BUCKET}). Immutable.
 */
final class Settings {
    /** The profile unless one is named: the stand-ins. */
    static final String DEFAULT_PROFILE = "sandbox";

    private static final String URL = ".url";
    private static final Pattern VARIABLE_OF_URL = Pattern.compile("([A-Z0-9]+)_URL");

    private static final Map<String, String> REQUIRED = Map.of(
            "staging.bucket", "the Amazon S3 bucket for the files on their way to Redshift",
            "s3.region", "the AWS region of the bucket, which must be the Redshift cluster's",
            "redshift.url", "jdbc:redshift://<host>:5439/<database>",
            "redshift.copy.iam-role", "the ARN of the IAM role with which COPY reads the bucket, or 'default'",
            "databricks.url", "jdbc:databricks://<host>:443;httpPath=/sql/1.0/warehouses/<id>;…",
            "databricks.catalog", "the Databricks foreign catalog that shows the Redshift database");

    private final Properties properties;
    private final List<String> origins;
    private final Map<String, String> environment;

    private Settings(Properties properties, List<String> origins, Map<String, String> environment) {
        this.properties = properties;
        this.origins = List.copyOf(origins);
        this.environment = Map.copyOf(environment);
    }

    /**
     * Reads the settings.
     *
     * @param config the configuration folder, or a properties file
     * @param profile the profile, if one is named
     * @param sandbox where the sandbox writes its profile
     */
    static Settings load(Path config, Optional<String> profile, Path sandbox) {
        return load(config, profile, sandbox, System.getenv());
    }

    /** Reads the settings with other environment variables than those of this process. */
    static Settings load(Path config, Optional<String> profile, Path sandbox, Map<String, String> environment) {
        Properties merged = new Properties();
        List<String> origins = new ArrayList<>();
        try (InputStream defaults = Settings.class.getResourceAsStream("/org/caravan/defaults.properties")) {
            merged.load(defaults);
            if (Files.isRegularFile(config)) {
                read(merged, origins, config);
            } else {
                readFolder(
                        merged,
                        origins,
                        config,
                        profile.or(() -> Optional.ofNullable(environment.get("CARAVAN_PROFILE"))),
                        sandbox);
            }
        } catch (IOException e) {
            throw new CaravanException(Category.CONFIG, "The settings cannot be read: " + e.getMessage() + ".", e);
        }
        return new Settings(merged, origins, environment);
    }

    private static void readFolder(
            Properties merged, List<String> origins, Path config, Optional<String> profile, Path sandbox)
            throws IOException {
        if (!Files.isDirectory(config)) {
            throw new CaravanException(
                    Category.CONFIG,
                    "The configuration folder " + config + " does not exist; name one with --config DIR.");
        }
        Path base = config.resolve("application.properties");
        if (Files.exists(base)) {
            read(merged, origins, base);
        }
        String name = profile.orElse(merged.getProperty("caravan.profile", DEFAULT_PROFILE));
        String file = "application-" + name + ".properties";
        Path ofProfile = config.resolve(file);
        if (!Files.exists(ofProfile) && name.equals(DEFAULT_PROFILE)) {
            ofProfile = sandbox.resolve(file);
        }
        if (Files.exists(ofProfile)) {
            read(merged, origins, ofProfile);
        } else if (name.equals(DEFAULT_PROFILE)) {
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

    private static void read(Properties merged, List<String> origins, Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            merged.load(reader);
        } catch (IllegalArgumentException e) {
            throw new CaravanException(Category.CONFIG, file + " is no properties file: " + e.getMessage() + ".", e);
        }
        origins.add(file.toString());
    }

    /** The environment variable that overrides a key, as Camel's property placeholders have it. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The settings that must be set and are not, each with what it is. */
    Map<String, String> missing() {
        Map<String, String> missing = new TreeMap<>();
        REQUIRED.forEach((key, meaning) -> {
            if (find(key).isEmpty()) {
                missing.put(key, meaning);
            }
        });
        return missing;
    }

    /** These settings with some more. */
    Settings with(Map<String, String> more) {
        Properties all = toProperties();
        all.putAll(more);
        return new Settings(all, origins, environment);
    }

    /** The files that were read, in order. */
    List<String> origins() {
        return origins;
    }

    /** Fails with every missing setting at once. */
    void checkRequired() {
        List<String> problems = new ArrayList<>();
        missing().forEach((key, meaning) -> problems.add(key + " (" + meaning + ")"));
        if (!problems.isEmpty()) {
            throw new CaravanException(
                    Category.CONFIG,
                    (problems.size() == 1 ? "A setting is missing: " : "Settings are missing: ")
                            + String.join("; ", problems)
                            + ". Set " + (problems.size() == 1 ? "it" : "them") + " in " + where()
                            + " or in the environment"
                            + " (such as " + variable(problems.get(0).split(" ", 2)[0]) + ").");
        }
    }

    /** Where a setting is best set. */
    String where() {
        return origins.isEmpty() ? "application.properties" : origins.get(origins.size() - 1);
    }

    /** A setting that has a value that is not blank. */
    Optional<String> find(String key) {
        return Optional.ofNullable(environment.get(variable(key)))
                .or(() -> Optional.ofNullable(properties.getProperty(key)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    boolean isTrue(String key) {
        return find(key).map(value -> value.equalsIgnoreCase("true")).orElse(false);
    }

    /**
     * The first words of all settings {@code <name>.url} that hold a JDBC URL. A setting that stands only in the environment counts
     * if its name is one word: {@code SHOP_URL} is {@code shop.url}.
     */
    List<String> dataSources() {
        Set<String> names = new TreeSet<>();
        properties.stringPropertyNames().stream()
                .filter(key -> key.endsWith(URL))
                .forEach(names::add);
        environment.keySet().stream()
                .map(VARIABLE_OF_URL::matcher)
                .filter(Matcher::matches)
                .forEach(variable -> names.add(variable.group(1).toLowerCase(Locale.ROOT) + URL));
        return names.stream()
                .filter(key -> find(key).filter(url -> url.startsWith("jdbc:")).isPresent())
                .map(key -> key.substring(0, key.length() - URL.length()))
                .toList();
    }

    /** All settings of the files, for Camel; it lets the environment override each as well. */
    Properties toProperties() {
        Properties copy = new Properties();
        copy.putAll(properties);
        return copy;
    }
}
