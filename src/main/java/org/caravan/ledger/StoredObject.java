package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What the bucket said of a part when the manifest was written; immutable.
 *
 * @param version the object's version, in a bucket that keeps versions
 * @param crc32Compared whether the bucket keeps a CRC-32 of the whole object, which was the part's
 */
public record StoredObject(Optional<String> etag, Optional<String> version, boolean crc32Compared) {
    public StoredObject {
        requireNonNull(etag, "etag");
        requireNonNull(version, "version");
    }
}
