package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** A part that was encoded whole: its S3 key (without the bucket), rows and bytes, and the file's checksum if one was computed. */
public record StagedPart(int number, String key, long rows, long bytes, Optional<String> crc) {
    public StagedPart {
        requireNonNull(key, "key");
        requireNonNull(crc, "crc");
    }

    /** A part without a checksum. */
    public StagedPart(int number, String key, long rows, long bytes) {
        this(number, key, rows, bytes, Optional.empty());
    }
}
