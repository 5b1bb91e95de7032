package org.caravan.format;

import static java.util.Objects.requireNonNull;

/**
 * How a file of JSON lines is written; immutable.
 *
 * @param text what every file of text has
 * @param decimals how decimals are written
 */
public record JsonLinesOptions(TextOptions text, Decimals decimals) {
    /** How decimals are written. */
    public enum Decimals {
        /** As numbers with all their digits, without exponent; some readers take them as doubles. */
        NUMBER,
        /** As strings of the same digits. */
        TEXT
    }

    public JsonLinesOptions {
        requireNonNull(text, "text");
        requireNonNull(decimals, "decimals");
    }

    /** The options for files that COPY loads. */
    public static JsonLinesOptions defaults() {
        return builder().build();
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options; each that is not set keeps its default. */
    public static final class Builder extends TextOptions.Builder<Builder> {
        private Decimals decimals = Decimals.NUMBER;

        private Builder() {}

        public Builder decimals(Decimals value) {
            decimals = value;
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        public JsonLinesOptions build() {
            return new JsonLinesOptions(text(), decimals);
        }
    }
}
