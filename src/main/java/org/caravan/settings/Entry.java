package org.caravan.settings;

import static java.util.Objects.requireNonNull;

/**
 * A value of a setting, as some layer gives it; immutable.
 *
 * @param text the value as it is written
 * @param value the value with its placeholders filled in
 */
record Entry(String key, String text, String value, Place place) {
    Entry {
        requireNonNull(key, "key");
        requireNonNull(text, "text");
        requireNonNull(value, "value");
        requireNonNull(place, "place");
    }

    static Entry of(String key, String text, Place place) {
        return new Entry(key, text, text, place);
    }

    Entry filled(String filledIn) {
        return new Entry(key, text, filledIn, place);
    }

    /** Whether it is a mounted secret. */
    boolean isSecretFile() {
        return place.file().isPresent() && place.line().isEmpty();
    }

    /** Whether a service has to be asked for its value; one from the environment or a mounted secret is the value itself. */
    boolean isOpen() {
        return place.line().isPresent() && Placeholders.isOpen(value);
    }

    boolean isBlank() {
        return value.isBlank();
    }
}
