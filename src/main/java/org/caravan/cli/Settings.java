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
import java.util.function.Function;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;

/**
 * The settings of a process: the product's defaults, {@code application.properties} and {@code application-<profile>.properties} of
 * the configuration folder, and over these the environment ({@code staging.bucket} is {@code STAGING_BUCKET}). Immutable.
 */
final class Settings {
    /** The profile unless one is named: the stand-ins. */
    static final String DEFAULT_PROFILE = "sandbox";

    private static final Map<String, String> REQUIRED = Map.of(
            "staging.bucket", "the Amazon S3 bucket for the files on their way to Redshift",
            "s3.region", "the AWS region of the bucket, which must be the Redshift cluster's",
            "redshift.url", "jdbc:redshift://<host>:5439/<database>",
            "redshift.copy.iam-role", "the ARN of the IAM role with which COPY reads the bucket, or 'default'",
            "databricks.url", "jdbc:databricks://<host>:443;httpPath=/sql/1.0/warehouses/<id>;…",
            "databricks.catalog", "the Databricks foreign catalog that shows the Redshift database");

    private final Properties properties;
    private final List<String> origins;
    private final Function<String, Optional<String>> environment;

    private Settings(Properties properties, List<String> origins, Function<String, Optional<String>> environment) {
        this.properties = properties;
        this.origins = List.copyOf(origins);
        this.environment = environment;
    }

    /**
     * Reads the settings.
     *
     * @param config the configuration folder, or a properties file
     * @param profile the profile, if one is named
     * @param sandbox where the sandbox writes its profile
     */
    static Settings load(Path config, Optional<String> profile, Path sandbox) {
        Properties merged = new Properties();
        List<String> origins = new ArrayList<>();
        try (InputStream defaults = Settings.class.getResourceAsStream("/org/caravan/defaults.properties")) {
            merged.load(defaults);
            if (Files.isRegularFile(config)) {
                read(merged, origins, config);
            } else {
                readFolder(merged, origins, config, profile, sandbox);
            }
        } catch (IOException e) {
            throw new CaravanException(Category.CONFIG, "The settings cannot be read: " + e.getMessage() + ".", e);
        }
        return new Settings(merged, origins, key -> Optional.ofNullable(System.getenv(variable(key))));
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
        String name = profile.or(() -> Optional.ofNullable(System.getenv("CARAVAN_PROFILE")))
                .orElse(merged.getProperty("caravan.profile", DEFAULT_PROFILE));
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

    /** Fails with every missing setting at once. */
    void checkRequired() {
        List<String> problems = new ArrayList<>();
        REQUIRED.keySet().stream().sorted().forEach(key -> {
            if (find(key).isEmpty()) {
                problems.add(key + " (" + REQUIRED.get(key) + ")");
            }
        });
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

    private String where() {
        return origins.isEmpty() ? "application.properties" : origins.get(origins.size() - 1);
    }

    /** A setting that has a value that is not blank. */
    Optional<String> find(String key) {
        return environment
                .apply(key)
                .or(() -> Optional.ofNullable(properties.getProperty(key)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    boolean isTrue(String key) {
        return find(key).map(value -> value.equalsIgnoreCase("true")).orElse(false);
    }

    /** The first words of all settings {@code <name>.url} that hold a JDBC URL. */
    List<String> dataSources() {
        return properties.stringPropertyNames().stream()
                .filter(key -> key.endsWith(".url")
                        && properties.getProperty(key).strip().startsWith("jdbc:"))
                .map(key -> key.substring(0, key.length() - ".url".length()))
                .sorted()
                .toList();
    }

    /** All settings of the files, for Camel; it lets the environment override each as well. */
    Properties toProperties() {
        Properties copy = new Properties();
        copy.putAll(properties);
        return copy;
    }
}
