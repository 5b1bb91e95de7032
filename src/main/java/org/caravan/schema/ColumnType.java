package org.caravan.schema;

/**
 * The type of a column: a closed set, from which every system's type is derived.
 *
 * <p>Each type says how its values are stored in a {@link Batch}.
 */
public sealed interface ColumnType {
    /** The most decimal digits that Redshift, Spark and Parquet's 16 bytes hold. */
    int MAX_PRECISION = 38;

    /** The largest scale that Redshift allows. */
    int MAX_SCALE = 37;

    /** The most UTF-8 bytes of a Redshift VARCHAR. */
    int MAX_TEXT_BYTES = 65_535;

    /** The default length of a Redshift VARBYTE, in bytes. */
    int DEFAULT_BINARY_BYTES = 64_000;

    /** The most bytes of a Redshift VARBYTE: https://docs.aws.amazon.com/redshift/latest/dg/r_VARBYTE_type.html. */
    int MAX_BINARY_BYTES = 16_777_216;

    /** The most decimal digits whose unscaled value always fits 64 bits. */
    int MAX_LONG_PRECISION = 18;

    /** True or false; stored as 1 and 0 in a {@link LongVector}. */
    record Bool() implements ColumnType {
        @Override
        public String toString() {
            return "boolean";
        }
    }

    /** A signed integer of 2, 4 or 8 bytes; stored in a {@link LongVector}. */
    record Int(int bytes) implements ColumnType {
        public Int {
            if (bytes != 2 && bytes != 4 && bytes != 8) {
                throw new IllegalArgumentException("An integer has 2, 4 or 8 bytes, not " + bytes);
            }
        }

        @Override
        public String toString() {
            return switch (bytes) {
                case 2 -> "smallint";
                case 4 -> "integer";
                default -> "bigint";
            };
        }
    }

    /** An IEEE 754 number of 4 or 8 bytes; stored in a {@link DoubleVector}. */
    record FloatingPoint(int bytes) implements ColumnType {
        public FloatingPoint {
            if (bytes != 4 && bytes != 8) {
                throw new IllegalArgumentException("A floating-point number has 4 or 8 bytes, not " + bytes);
            }
        }

        @Override
        public String toString() {
            return bytes == 4 ? "real" : "double precision";
        }
    }

    /**
     * An exact decimal number; its unscaled value is stored in a {@link LongVector} up to {@value #MAX_LONG_PRECISION} digits
     * and in a {@link DecimalVector} above.
     */
    record Decimal(int precision, int scale) implements ColumnType {
        public Decimal {
            if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > MAX_SCALE || scale > precision) {
                throw new IllegalArgumentException("A decimal has 1 to 38 digits, of which 0 to 37 are fractional; not "
                        + precision + " and " + scale);
            }
        }

        /** Whether every value's unscaled form fits 64 bits. */
        public boolean fitsLong() {
            return precision <= MAX_LONG_PRECISION;
        }

        @Override
        public String toString() {
            return "decimal(" + precision + "," + scale + ")";
        }
    }

    /** Text of at most {@code maxBytes} UTF-8 bytes; stored as these bytes in a {@link BytesVector}. */
    record Text(int maxBytes) implements ColumnType {
        public Text {
            if (maxBytes < 1 || maxBytes > MAX_TEXT_BYTES) {
                throw new IllegalArgumentException("Text has room for 1 to 65535 bytes, not " + maxBytes);
            }
        }

        @Override
        public String toString() {
            return "text(" + maxBytes + " bytes)";
        }
    }

    /** At most {@code maxBytes} bytes; stored in a {@link BytesVector}. */
    record Binary(int maxBytes) implements ColumnType {
        public Binary {
            if (maxBytes < 1 || maxBytes > MAX_BINARY_BYTES) {
                throw new IllegalArgumentException("Binary has room for 1 to 16777216 bytes, not " + maxBytes);
            }
        }

        @Override
        public String toString() {
            return "binary(" + maxBytes + " bytes)";
        }
    }

    /**
     * A JSON value that the target holds as SUPER; stored as its text, at most {@value #MAX_TEXT_BYTES} UTF-8 bytes, in a {@link
     * BytesVector}.
     */
    record Super() implements ColumnType {
        @Override
        public String toString() {
            return "super";
        }
    }

    /** A day of the proleptic Gregorian calendar; stored as days since 1970-01-01 in a {@link LongVector}. */
    record Date() implements ColumnType {
        @Override
        public String toString() {
            return "date";
        }
    }

    /**
     * A time stamp in microseconds, either local (no zone) or an instant; stored as microseconds since 1970-01-01T00:00 (local,
     * or UTC) in a {@link LongVector}.
     */
    record Timestamp(Zone zone) implements ColumnType {
        @Override
        public String toString() {
            return zone == Zone.LOCAL ? "timestamp" : "timestamptz";
        }
    }

    /** Whether a time stamp is a local date and time or a point in time. */
    enum Zone {
        LOCAL,
        INSTANT
    }
}
