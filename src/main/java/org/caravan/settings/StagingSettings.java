package org.caravan.settings;

import static java.util.Objects.requireNonNull;

/**
 * The settings {@code staging.*} that the product itself reads; immutable.
 *
 * @param uploads the most parts that a run uploads at a time
 */
public record StagingSettings(String bucket, String prefix, int uploads) {
    public StagingSettings {
        requireNonNull(bucket, "bucket");
        requireNonNull(prefix, "prefix");
    }

    /**
     * Reads them.
     *
     * @throws org.caravan.ledger.CaravanException if one is missing or wrong
     */
    public static StagingSettings of(Settings settings) {
        return new StagingSettings(
                settings.get("staging.bucket"), settings.get("staging.prefix"), settings.number("staging.uploads"));
    }
}
