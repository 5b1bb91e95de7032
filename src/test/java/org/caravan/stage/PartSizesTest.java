package org.caravan.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartSizesTest {
    private static final long MB = 1_000_000;

    @ParameterizedTest(name = "{0} rows of {1} bytes where {2} are expected, {3} slices, at most {4} MB: {5} parts")
    @CsvSource({
        // Slices or rows unknown: as few parts as the bound allows.
        "1000000, 100, , 4, 64, 2",
        "1000000, 100, 1000000, 0, 64, 2",
        "1000000, 100, 1000000, 1, 64, 2",
        // As many as slices, or a multiple.
        "1000000, 100, 1000000, 4, 64, 4",
        "10000000, 100, 10000000, 4, 64, 16",
        "10000000, 100, 10000000, 6, 64, 18",
        // None smaller than a megabyte for the slices' sake.
        "20000, 100, 20000, 4, 64, 2",
        "5, 100, 5, 4, 64, 1",
        // The last part takes what the estimate missed.
        "1100000, 100, 1000000, 4, 64, 4",
        "950000, 100, 1000000, 4, 64, 4",
        // An estimate that is far off.
        "10000000, 100, 10, 4, 64, 19",
        "1000000, 100, 100000000, 4, 64, 2",
    })
    void countsParts(long rows, long rowBytes, Long expected, int slices, long maxMegabytes, int parts) {
        OptionalLong estimate = expected == null ? OptionalLong.empty() : OptionalLong.of(expected);

        assertThat(cut(rows, rowBytes, estimate, new PartOptions(Long.MAX_VALUE, maxMegabytes * MB, slices, 4)))
                .hasSize(parts);
    }

    @Test
    void cutsEqualParts() {
        List<Long> parts =
                cut(10_000_000, 100, OptionalLong.of(10_000_000), new PartOptions(Long.MAX_VALUE, 64 * MB, 4, 4));

        assertThat(parts.subList(1, parts.size()))
                .allSatisfy(rows -> assertThat(rows).isBetween(590_000L, 660_000L));
    }

    /** The rows of each part, read in batches. */
    private static List<Long> cut(long rows, long rowBytes, OptionalLong expected, PartOptions options) {
        PartSizes sizes = new PartSizes(options, expected);
        List<Long> parts = new ArrayList<>();
        long left = rows;
        while (left > 0) {
            long inPart = 0;
            do {
                long batch = Math.min(2000, left);
                inPart += batch;
                left -= batch;
            } while (left > 0 && !sizes.isFull(parts.size() + 1, inPart, inPart * rowBytes));
            parts.add(inPart);
            sizes.encoded(parts.size(), inPart, inPart * rowBytes);
        }
        return parts;
    }
}
