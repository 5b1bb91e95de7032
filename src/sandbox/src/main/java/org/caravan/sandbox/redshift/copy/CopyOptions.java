package org.caravan.sandbox.redshift.copy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the words of a COPY ask for: https://docs.aws.amazon.com/redshift/latest/dg/r_COPY-parameters.html.
 *
 * @param manifest whether the source is a manifest, not a key prefix
 * @param ignoreHeader the number of lines that are skipped at the start of each file
 */
public record CopyOptions(
        boolean manifest,
        Optional<String> region,
        Compression compression,
        Encoding encoding,
        Conversion conversion,
        ErrorLimit errors,
        boolean explicitIds,
        boolean fillRecord,
        boolean ignoreBlankLines,
        int ignoreHeader,
        boolean noLoad) {

    enum Compression {
        NONE,
        GZIP,
        BZIP2,
        ZSTD
    }

    enum Encoding {
        UTF8(StandardCharsets.UTF_8),
        /** The byte order mark tells the order, and has to be there. */
        UTF16(StandardCharsets.UTF_16),
        UTF16LE(StandardCharsets.UTF_16LE),
        UTF16BE(StandardCharsets.UTF_16BE);

        private final Charset charset;

        Encoding(Charset charset) {
            this.charset = charset;
        }

        Charset charset() {
            return charset;
        }
    }

    /**
     * How fields become values: https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-conversion.html.
     *
     * @param replacement what stands in for every byte of an invalid UTF-8 character, if any may be replaced
     * @param nullAs the field that stands for NULL; empty if the format's own NULL is the only one
     */
    record Conversion(
            boolean acceptAnyDate,
            Optional<Byte> replacement,
            boolean blanksAsNull,
            boolean emptyAsNull,
            String dateFormat,
            String timeFormat,
            Optional<String> nullAs,
            boolean roundDecimals,
            boolean trimBlanks,
            boolean truncateColumns) {}

    /** The load fails at this many errors; 0 and 1 mean the first one. */
    record ErrorLimit(long maxErrors) {
        /** IGNOREALLERRORS */
        static final ErrorLimit NONE = new ErrorLimit(Long.MAX_VALUE);

        boolean isReached(long errors) {
            return errors >= Math.max(1, maxErrors);
        }
    }
}
