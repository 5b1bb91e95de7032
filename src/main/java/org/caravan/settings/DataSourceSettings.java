package org.caravan.settings;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** The settings of a data source, {@code <name>.*}; immutable. Shows no secret. */
public record DataSourceSettings(
        String name, String url, Optional<String> user, Optional<String> password, Optional<String> token) {
    public DataSourceSettings {
        requireNonNull(name, "name");
        requireNonNull(url, "url");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        requireNonNull(token, "token");
    }

    /**
     * Reads them.
     *
     * @param name one of {@link Settings#dataSources}
     */
    public static DataSourceSettings of(String name, Settings settings) {
        return new DataSourceSettings(
                name,
                settings.find(name + ".url").orElseThrow(),
                settings.find(name + ".user"),
                settings.find(name + ".password"),
                settings.find(name + ".token"));
    }

    /** Whether it is a SQL warehouse of Databricks, which takes a token. */
    public boolean isDatabricks() {
        return url.startsWith("jdbc:databricks:");
    }

    @Override
    public String toString() {
        return "DataSourceSettings[" + name + ", " + SecretSettings.shown(name + ".url", url) + ", " + user + ", ***]";
    }
}
