package org.caravan.sandbox.redshift.unload;

import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.redshift.copy.Authorization;
import org.caravan.sandbox.redshift.copy.S3Location;

/**
 * An UNLOAD that the grammar accepts.
 *
 * @param query the query between the quotes, as Redshift's SQL
 * @param to the prefix of all keys
 * @param layout how rows are spread over files
 * @param existing what becomes of files that are there already
 * @param kmsKey the key that S3 is told to encrypt with
 * @param region where the bucket is said to be
 */
public record UnloadStatement(
        String query,
        S3Location to,
        Authorization authorization,
        UnloadFormat format,
        Compression compression,
        Layout layout,
        Manifest manifest,
        Existing existing,
        Optional<String> kmsKey,
        Optional<String> region) {
    /** What kind of manifest is written beside the files. */
    enum Manifest {
        NONE,
        PLAIN,
        VERBOSE
    }

    enum Existing {
        REFUSED,
        OVERWRITTEN,
        REMOVED
    }

    /**
     * @param parallel one file a slice, or one after another
     * @param maxFileBytes after how many bytes the next file begins
     * @param extension what follows the number in a file's name instead of the format's own
     * @param partitionBy the columns whose values make folders
     * @param include whether these columns stay in the files
     */
    record Layout(
            boolean parallel,
            long maxFileBytes,
            Optional<String> extension,
            List<String> partitionBy,
            boolean include) {
        Layout {
            partitionBy = List.copyOf(partitionBy);
        }
    }
}
