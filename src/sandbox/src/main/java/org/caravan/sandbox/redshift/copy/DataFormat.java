package org.caravan.sandbox.redshift.copy;

import java.util.List;

/** The formats that COPY can load: https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-format.html. */
sealed interface DataFormat {
    /** The name that SYS_LOAD_HISTORY shows: https://docs.aws.amazon.com/redshift/latest/dg/SYS_LOAD_HISTORY.html. */
    String name();

    /** @param serializeToJson whether SUPER columns take any field as JSON */
    record Parquet(boolean serializeToJson) implements DataFormat {
        @Override
        public String name() {
            return "parquet";
        }
    }

    record Csv(byte delimiter, byte quote) implements DataFormat {
        @Override
        public String name() {
            return "csv";
        }
    }

    /** Fields between delimiters; what COPY expects if no format is named. */
    record Delimited(byte delimiter, boolean escape, boolean removeQuotes) implements DataFormat {
        @Override
        public String name() {
            return "txt";
        }
    }

    /** @param widths in characters, in the order of the columns */
    record FixedWidth(List<Integer> widths) implements DataFormat {
        public FixedWidth {
            widths = List.copyOf(widths);
        }

        @Override
        public String name() {
            return "txt";
        }
    }

    record Json(FieldMapping mapping) implements DataFormat {
        @Override
        public String name() {
            return "json";
        }
    }

    record Avro(FieldMapping mapping) implements DataFormat {
        @Override
        public String name() {
            return "avro";
        }
    }

    /** How the fields of JSON and Avro find their columns. */
    sealed interface FieldMapping {
        /** By name; names of columns are lower case. */
        record Auto(boolean ignoreCase) implements FieldMapping {}

        /** The whole document becomes the one SUPER column. */
        record NoShred() implements FieldMapping {}

        /** By the paths in this file, one for each column. */
        record Paths(S3Location file) implements FieldMapping {}
    }
}
