package org.caravan.sandbox.redshift.copy;

/** The formats that COPY can load. Text formats, JSON and Avro join here. */
sealed interface DataFormat {
    String name();

    record Parquet() implements DataFormat {
        @Override
        public String name() {
            return "PARQUET";
        }
    }
}
