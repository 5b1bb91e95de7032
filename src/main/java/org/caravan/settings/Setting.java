package org.caravan.settings;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One thing that can be set; immutable.
 *
 * @param preset the value that holds unless another is given; may be empty text, which is none
 * @param meaning what it is, in one line of Markdown without a stop at its end
 * @param since the first version that knows it
 */
record Setting(String key, SettingType type, Need need, Optional<String> preset, String meaning, String since) {
    private static final String FIRST_VERSION = "0.1.0";

    /** Whether a run needs it. */
    enum Need {
        /** A run does without. */
        OPTIONAL,
        /** Nothing runs without a value, and only the user knows it. */
        REQUIRED
    }

    Setting {
        requireNonNull(key, "key");
        requireNonNull(type, "type");
        requireNonNull(need, "need");
        requireNonNull(preset, "preset");
        requireNonNull(meaning, "meaning");
        requireNonNull(since, "since");
    }

    /** A setting that may be left out, without a default. */
    static Setting of(String key, SettingType type, String meaning) {
        return new Setting(key, type, Need.OPTIONAL, Optional.empty(), meaning, FIRST_VERSION);
    }

    Setting required() {
        return new Setting(key, type, Need.REQUIRED, preset, meaning, since);
    }

    Setting preset(String value) {
        return new Setting(key, type, need, Optional.of(value), meaning, since);
    }

    Setting since(String version) {
        return new Setting(key, type, need, preset, meaning, version);
    }

    /** Whether its value is never shown. */
    boolean isSecret() {
        return type instanceof SecretType;
    }
}
