package org.caravan.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.caravan.ledger.Secrets;
import org.caravan.schema.Nearest;

/** Finds all that is wrong with settings, without connecting to anything. Not thread-safe; used once. */
final class SettingsCheck {
    private static final String SCHEDULE = ".schedule";
    private static final String CAMELS_SERVER = "camel.management.";

    private final Settings settings;
    private final Optional<Set<String>> used;
    private final Set<String> dataSources;
    private final Set<String> known = new TreeSet<>();
    private final Secrets secrets;
    private final List<Problem> problems = new ArrayList<>();

    /** @param used the keys that the routes use; empty if that is not known, and then no key is unknown */
    SettingsCheck(Settings settings, Optional<Set<String>> used) {
        // Nothing is connected to.
        this.settings = settings.unfilled();
        this.used = used;
        this.dataSources = new TreeSet<>(this.settings.dataSources());
        this.secrets = SecretSettings.of(this.settings);
        Catalogue.all().forEach(setting -> known.add(setting.key()));
        dataSources.forEach(name -> Catalogue.partsOfDataSource().forEach(part -> known.add(name + "." + part)));
        used.ifPresent(known::addAll);
        known.addAll(UsedKeys.in(settings.written().stream().map(Entry::text).toList()));
    }

    List<Problem> problems() {
        problems.addAll(settings.problemsOfReading());
        settings.written().forEach(this::written);
        known.forEach(this::ofEnvironment);
        Catalogue.all().forEach(this::missing);
        together();
        return List.copyOf(problems);
    }

    private void written(Entry entry) {
        if (entry.key().startsWith(Settings.OF_CAMEL)) {
            return;
        }
        Optional<Setting> setting = setting(entry.key());
        if (setting.isPresent()) {
            of(setting.get(), Optional.of(entry)).ifPresent(this::add);
        } else if (!known.contains(entry.key()) && used.isPresent() && isMeantForUs(entry)) {
            unknown(entry);
        }
    }

    /** The setting of a key, also if it is a data source's or a pipeline's. */
    private Optional<Setting> setting(String key) {
        Optional<Setting> own = Catalogue.find(key);
        if (own.isPresent()) {
            return own;
        }
        int dot = key.lastIndexOf('.');
        if (dot > 0 && dataSources.contains(key.substring(0, dot))) {
            return Catalogue.pattern(Catalogue.DATA_SOURCES, key);
        }
        if (key.endsWith(SCHEDULE) && (known.contains(key) || isLeftOver(key))) {
            return Catalogue.pattern(Catalogue.PIPELINES, key);
        }
        return Optional.empty();
    }

    /** A schedule of a pipeline that is not in this folder; one that is almost that of a pipeline which has none set is a slip. */
    private boolean isLeftOver(String key) {
        return used.stream()
                .flatMap(Set::stream)
                .filter(other ->
                        other.endsWith(SCHEDULE) && settings.find(other).isEmpty())
                .noneMatch(other -> Nearest.closest(key, Set.of(other)).isPresent());
    }

    /** A folder of mounted secrets may hold those of others as well; theirs do not begin like a setting. */
    private boolean isMeantForUs(Entry entry) {
        if (!entry.isSecretFile()) {
            return true;
        }
        int dot = entry.key().indexOf('.');
        return dot > 0
                && known.stream().anyMatch(key -> key.startsWith(entry.key().substring(0, dot + 1)));
    }

    private void unknown(Entry entry) {
        Optional<String> near = Nearest.closest(entry.key(), known);
        boolean secret = entry.isSecretFile()
                || near.filter(SecretSettings::isSecret).isPresent()
                || SecretSettings.isSecret(entry.key());
        boolean url = entry.key().endsWith(".url");
        add(new Problem(
                entry.place(),
                entry.key(),
                Optional.of(
                        secret
                                ? SecretSettings.shown("secret", entry.text())
                                : SecretSettings.shown(entry.key(), entry.text())),
                url ? "not a JDBC URL, and no route uses {{" + entry.key() + "}}" : "no such setting",
                url
                        ? Forms.JDBC.mend()
                        : near.map(key -> "did you mean " + key + "?").orElseGet(() -> advice(entry.key()))));
    }

    private static String advice(String key) {
        int dot = key.lastIndexOf('.');
        boolean source = dot > 0 && Catalogue.partsOfDataSource().contains(key.substring(dot + 1));
        return source
                ? "set " + key.substring(0, dot) + ".url as well, or delete it"
                : "delete it, or use it in a route as {{" + key + "}}";
    }

    private void ofEnvironment(String key) {
        settings.entry(key)
                .filter(entry -> entry.place().text().startsWith("environment"))
                .ifPresent(entry -> setting(key)
                        .flatMap(setting -> of(setting, Optional.of(entry)))
                        .ifPresent(this::add));
    }

    /** What is wrong with a value, if there is one and anything is. */
    static Optional<Problem> of(Setting setting, Optional<Entry> entry) {
        return entry.filter(given -> !given.isBlank() && !given.isOpen()).flatMap(given -> setting.type()
                .mistake(given.value().strip())
                .map(mistake -> new Problem(
                        given.place(),
                        given.key(),
                        Optional.of(SecretSettings.shown(given.isSecretFile() ? "secret" : given.key(), given.text())),
                        mistake.wrong(),
                        mistake.mend())));
    }

    private void missing(Setting setting) {
        if (setting.need() == Setting.Need.REQUIRED
                && settings.find(setting.key()).isEmpty()) {
            add(new Problem(
                    settings.origins().isEmpty()
                            ? Place.DEFAULT
                            : Place.inFile(java.nio.file.Path.of(settings.where())),
                    setting.key(),
                    Optional.empty(),
                    "not set",
                    "write it there (" + setting.meaning().replace("`", "") + "), or set "
                            + Settings.variable(setting.key()) + " in the environment"));
        }
    }

    private void together() {
        needs("s3.access-key", "s3.secret-key");
        needs("s3.secret-key", "s3.access-key");
        needs("s3.session-token", "s3.access-key");
        needs("observe.user", "observe.password");
        needs("observe.password", "observe.user");
        observed();
        for (String name : dataSources) {
            boolean databricks = settings.find(name + ".url")
                    .filter(url -> url.startsWith("jdbc:databricks:"))
                    .isPresent();
            if (settings.entry(name + ".url").filter(Entry::isOpen).isPresent()) {
                continue;
            }
            unread(name + (databricks ? ".user" : ".token"), name + ".url", databricks);
            if (databricks) {
                unread(name + ".password", name + ".url", true);
            }
        }
    }

    /** What others may reach needs authentication, whichever way it is served. */
    private void observed() {
        boolean guarded = settings.find("observe.user").isPresent()
                && settings.find("observe.password").isPresent();
        Optional<Entry> host = settings.entry("observe.host").filter(entry -> !entry.isBlank());
        if (settings.find("observe.enabled").filter("false"::equalsIgnoreCase).isEmpty() && !guarded) {
            host.filter(entry -> !entry.isOpen()
                            && !ObserveSettings.isLoopback(entry.value().strip()))
                    .ifPresent(entry -> add(new Problem(
                            entry.place(),
                            entry.key(),
                            Optional.of(entry.text()),
                            "others than this machine can reach it, and no user and password are asked for",
                            "set observe.user and observe.password, or delete observe.host to serve "
                                    + ObserveSettings.LOOPBACK + " alone")));
        }
        settings.written().stream()
                .filter(entry -> entry.key().startsWith(CAMELS_SERVER))
                .forEach(entry -> add(new Problem(
                        entry.place(),
                        entry.key(),
                        Optional.of(SecretSettings.shown(entry.key(), entry.text())),
                        "Camel's own server is not used",
                        "set observe.host, observe.port, observe.user and observe.password instead, and delete it")));
    }

    /** One that is nothing without the other. */
    private void needs(String key, String other) {
        if (settings.find(key).isPresent() && settings.find(other).isEmpty()) {
            settings.entry(key)
                    .ifPresent(entry -> add(new Problem(
                            entry.place(),
                            key,
                            Optional.of(SecretSettings.shown(key, entry.text())),
                            "set, but " + other + " is not",
                            "set " + other + " too, or delete " + key)));
        }
    }

    private void unread(String key, String url, boolean databricks) {
        settings.entry(key).filter(entry -> !entry.isBlank()).ifPresent(entry -> {
            String name = key.substring(0, key.lastIndexOf('.'));
            add(new Problem(
                    entry.place(),
                    key,
                    Optional.of(SecretSettings.shown(key, entry.text())),
                    "not read, since " + url + " is " + (databricks ? "" : "not ") + "a URL of Databricks",
                    databricks
                            ? "set " + name + ".token, or put OAuth into " + url + ", and delete " + key
                            : "set " + name + ".user and " + name + ".password, and delete " + key));
        });
    }

    private void add(Problem problem) {
        Problem masked = new Problem(
                problem.place(),
                problem.key(),
                problem.value().map(secrets::masked),
                secrets.masked(problem.wrong()),
                problem.mend());
        if (!problems.contains(masked)) {
            problems.add(masked);
        }
    }
}
