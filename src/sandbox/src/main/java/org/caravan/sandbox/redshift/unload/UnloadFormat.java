package org.caravan.sandbox.redshift.unload;

import java.util.List;
import java.util.Optional;

/** The formats of UNLOAD: https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html. */
public sealed interface UnloadFormat {
    /** The name that SYS_UNLOAD_HISTORY shows. */
    String title();

    record Csv(char delimiter, boolean header, String nullAs) implements UnloadFormat {
        @Override
        public String title() {
            return "CSV";
        }
    }

    record Delimited(char delimiter, boolean header, String nullAs, boolean addQuotes, boolean escape)
            implements UnloadFormat {
        @Override
        public String title() {
            return "Text";
        }
    }

    record FixedWidth(List<Field> fields, Optional<String> nullAs) implements UnloadFormat {
        /** @param width in characters */
        record Field(String label, int width) {}

        @Override
        public String title() {
            return "Text";
        }
    }

    record Json() implements UnloadFormat {
        @Override
        public String title() {
            return "JSON";
        }
    }

    record Parquet(long rowGroupBytes) implements UnloadFormat {
        @Override
        public String title() {
            return "Parquet";
        }
    }
}
