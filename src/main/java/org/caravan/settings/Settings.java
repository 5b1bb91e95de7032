package org.caravan.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.DataSize;

/**
 * The settings of a process: the defaults of the catalogue, {@code application.properties} and
 * {@code application-<profile>.properties} of the configuration folder, a folder of mounted secrets, and over these the environment
 * ({@code staging.bucket} is {@code STAGING_BUCKET}). Immutable.
 */
public final class Settings {
    /** The profile unless one is named: the stand-ins. */
    static final String DEFAULT_PROFILE = "sandbox";

    /** How the keys of Camel Main begin, which are not ours to check. */
    static final String OF_CAMEL = "camel.";

    static final String LEDGER = "ledger";

    private static final String URL = ".url";
    private static final Pattern VARIABLE_OF_URL = Pattern.compile("([A-Z0-9]+)_URL");

    private final Map<String, Entry> inForce;
    private final List<Entry> written;
    private final Map<String, String> environment;
    private final List<String> origins;
    private final List<Path> absent;
    private final List<Problem> problems;
    private final UnaryOperator<String> services;

    Settings(
            Map<String, Entry> inForce,
            List<Entry> written,
            Map<String, String> environment,
            List<String> origins,
            List<Path> absent,
            List<Problem> problems,
            UnaryOperator<String> services) {
        this.inForce = Map.copyOf(inForce);
        this.written = List.copyOf(written);
        this.environment = Map.copyOf(environment);
        this.origins = List.copyOf(origins);
        this.absent = List.copyOf(absent);
        this.problems = List.copyOf(problems);
        this.services = services;
    }

    /**
     * Reads the settings. What is wrong with single ones is not looked at here but by {@link #problems}.
     *
     * @param config the configuration folder, or a properties file
     * @param profile the profile, if one is named
     * @param sandbox where the sandbox writes its profile
     * @throws CaravanException if a file cannot be read or is missing
     */
    public static Settings load(Path config, Optional<String> profile, Path sandbox) {
        return load(config, profile, sandbox, System.getenv());
    }

    /** Reads the settings with other environment variables than those of this process. */
    public static Settings load(Path config, Optional<String> profile, Path sandbox, Map<String, String> environment) {
        return new SettingsFiles(environment).read(config, profile, sandbox);
    }

    /** The environment variable that overrides a key, as Camel's property placeholders have it. */
    public static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /**
     * Everything that is wrong with the settings, in the order of the files; empty if nothing is. Connects to nothing.
     *
     * @param routes the folder of the routes, whose placeholders say which keys are the user's own
     */
    public List<Problem> problems(Path routes) {
        return new SettingsCheck(this, UsedKeys.of(routes)).problems();
    }

    /**
     * Fails with everything that is wrong with the settings, a line each.
     *
     * @param routes the folder of the routes
     * @throws CaravanException if anything is
     */
    public void check(Path routes) {
        List<Problem> found = problems(routes);
        if (!found.isEmpty()) {
            throw new CaravanException(
                    Category.CONFIG, found.stream().map(Problem::line).collect(Collectors.joining("\n")));
        }
    }

    /** These settings with some more, which stand over all others. */
    public Settings with(Map<String, String> more) {
        Map<String, Entry> all = new HashMap<>(inForce);
        Map<String, String> variables = new HashMap<>(environment);
        more.forEach((key, value) -> {
            all.put(key, Entry.of(key, value, Place.DEFAULT));
            variables.remove(variable(key));
        });
        return new Settings(all, written, variables, origins, absent, problems, services);
    }

    /**
     * The same settings, whose values are filled in by services where they say so, such as {@code {{aws:secret#field}}}.
     *
     * @param asked gives the value of a text with such placeholders; asked when the value is needed, and may fail
     */
    public Settings filledBy(UnaryOperator<String> asked) {
        return new Settings(inForce, written, environment, origins, absent, problems, asked);
    }

    /** The same settings, with such placeholders left in their values: no service is asked. */
    public Settings unfilled() {
        return filledBy(UnaryOperator.identity());
    }

    /** The files that were read, in order. */
    public List<String> origins() {
        return origins;
    }

    /** The files that were not there, and would have been read too, or in the place of another. */
    public List<Path> absent() {
        return absent;
    }

    /** Whether the catalogue has a setting of this key. */
    public static boolean isKnown(String key) {
        return Catalogue.find(key).isPresent();
    }

    /** The value that a setting of the catalogue has unless another is given; may be empty. */
    public static Optional<String> preset(String key) {
        return Catalogue.find(key).flatMap(Setting::preset);
    }

    /** Where a setting is best set. */
    public String where() {
        return origins.isEmpty() ? "application.properties" : origins.get(origins.size() - 1);
    }

    /** A setting that has a value that is not blank. */
    public Optional<String> find(String key) {
        return entry(key).map(this::value).map(String::strip).filter(value -> !value.isEmpty());
    }

    private String value(Entry entry) {
        return entry.isOpen() ? services.apply(entry.value()) : entry.value();
    }

    /** Whether a setting of the catalogue that is true or false is true. */
    public boolean isTrue(String key) {
        return checked(key).map(value -> value.equalsIgnoreCase("true")).orElse(false);
    }

    /** A whole number of the catalogue, which has a default. */
    public int number(String key) {
        return Math.toIntExact(Long.parseLong(get(key)));
    }

    /** A size in bytes of the catalogue, which has a default. */
    public long bytes(String key) {
        return DataSize.parse(get(key)).bytes();
    }

    /** A length of time of the catalogue; empty if it is for ever. */
    public Optional<Duration> time(String key) {
        return checked(key).flatMap(TimeSpan::parse);
    }

    /** A setting of the catalogue that has a default, or that is required. */
    String get(String key) {
        return checked(key)
                .orElseThrow(() -> new CaravanException(
                        Category.CONFIG,
                        key + " is not set; set it in " + where() + ", or set " + variable(key)
                                + " in the environment."));
    }

    /** A setting of the catalogue that is of its type; fails with the line that {@link #problems} has for it otherwise. */
    Optional<String> checked(String key) {
        Setting setting = Catalogue.find(key)
                .orElseThrow(() -> new IllegalStateException("The catalogue of settings has no " + key));
        SettingsCheck.of(setting, entry(key).map(entry -> entry.filled(value(entry))))
                .ifPresent(problem -> {
                    throw new CaravanException(Category.CONFIG, problem.line());
                });
        return find(key);
    }

    /** What holds for a key, and where it stands. */
    Optional<Entry> entry(String key) {
        String variable = variable(key);
        return Optional.ofNullable(environment.get(variable))
                .map(value -> Entry.of(key, value, Place.inEnvironment(variable)))
                .or(() -> Optional.ofNullable(inForce.get(key)));
    }

    /** Whether the value of a key stands in a mounted secret, a file of its own or a vault, and so is a secret whatever its key is. */
    boolean isKeptApart(String key) {
        return entry(key).filter(Entry::isKeptApart).isPresent();
    }

    /** The entries of all files in their order, also those that others override. */
    List<Entry> written() {
        return written;
    }

    /** What was wrong when the files were read. */
    List<Problem> problemsOfReading() {
        return problems;
    }

    /**
     * The first words of all settings {@code <name>.url} that hold a JDBC URL. A setting that stands only in the environment counts
     * if its name is one word: {@code SHOP_URL} is {@code shop.url}. The ledger is no data source of the routes.
     */
    public List<String> dataSources() {
        Set<String> names = new TreeSet<>();
        inForce.keySet().stream().filter(key -> key.endsWith(URL)).forEach(names::add);
        environment.keySet().stream()
                .map(VARIABLE_OF_URL::matcher)
                .filter(Matcher::matches)
                .forEach(variable -> names.add(variable.group(1).toLowerCase(Locale.ROOT) + URL));
        return names.stream()
                .filter(key -> entry(key)
                        .filter(url -> url.isOpen() || url.value().strip().startsWith("jdbc:"))
                        .isPresent())
                .map(key -> key.substring(0, key.length() - URL.length()))
                .filter(name -> !name.equals(LEDGER))
                .toList();
    }

    /** The keys of all settings in the files, and of those of the catalogue and the data sources that only the environment holds; sorted. */
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>(inForce.keySet());
        List<String> others = new ArrayList<>();
        Catalogue.all().forEach(setting -> others.add(setting.key()));
        for (String name : dataSources()) {
            Catalogue.partsOfDataSource().forEach(part -> others.add(name + "." + part));
        }
        others.stream()
                .filter(key -> entry(key).filter(entry -> !entry.isBlank()).isPresent())
                .forEach(keys::add);
        return keys;
    }

    /** All settings of the files, for Camel; it lets the environment override each as well. */
    public Properties toProperties() {
        Properties copy = new Properties();
        new TreeMap<>(inForce)
                .forEach((key, entry) -> copy.setProperty(
                        key, Catalogue.find(key).isPresent() ? entry.value().strip() : entry.value()));
        return copy;
    }
}
