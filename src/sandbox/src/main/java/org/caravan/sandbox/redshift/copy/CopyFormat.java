package org.caravan.sandbox.redshift.copy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats that COPY's grammar knows; TEXT has no name of its own. */
enum CopyFormat {
    TEXT,
    CSV,
    FIXEDWIDTH,
    JSON,
    AVRO,
    PARQUET,
    ORC,
    SHAPEFILE;

    boolean isColumnar() {
        return this == PARQUET || this == ORC;
    }

    static Optional<CopyFormat> of(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format != TEXT && format.name().equals(upper))
                .findFirst();
    }
}
