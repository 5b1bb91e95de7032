package org.caravan.format;

import org.caravan.schema.ColumnType;
import org.caravan.schema.Storage;

/** What a table needs to be so that COPY loads each type from a file of each format by a documented mapping. */
final class Staging {
    /** The most bytes whose hexadecimal digits VARCHAR holds. */
    static final int MAX_HEX_BYTES = ColumnType.MAX_TEXT_BYTES / 2;

    private Staging() {}

    /**
     * TIMESTAMP has a mapping and TIMESTAMPTZ has none; VARBYTE comes from bytes; a string would land in SUPER as a string.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/copy-usage_notes-copy-from-columnar.html">COPY from columnar
     *     data formats</a>
     */
    static Storage ofParquet(ColumnType type) {
        if (type instanceof ColumnType.Timestamp timestamp) {
            return timestamp.zone() == ColumnType.Zone.INSTANT ? Storage.UTC : Storage.AS_IS;
        }
        return type instanceof ColumnType.Super ? Storage.JSON_TEXT : Storage.AS_IS;
    }

    /**
     * Avro and JSON. VARBYTE has no mapping. COPY documents no form for NaN and the infinities, and users saw it refuse NaN, also
     * from Avro's own numbers, so that floating-point numbers are loaded as text.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/copy-usage-varbyte.html">Loading a column of the VARBYTE data
     *     type</a>
     * @see <a href="https://github.com/databricks/spark-redshift/pull/269">NaN refused</a>
     * @see <a href="https://github.com/mtth/avsc/issues/154">NaN and infinities refused from Avro</a>
     */
    static Storage ofText(ColumnType type) {
        if (type instanceof ColumnType.FloatingPoint) {
            return Storage.NUMBER_TEXT;
        }
        if (type instanceof ColumnType.Binary) {
            return Storage.HEX;
        }
        return type instanceof ColumnType.Super ? Storage.JSON_TEXT : Storage.AS_IS;
    }

    /**
     * COPY loads hexadecimal digits from CSV into VARBYTE, of any length, but for none at all: an empty field is NULL in every column
     * but CHAR and VARCHAR. So bytes go through VARCHAR, unless the column is declared larger than VARBYTE is by default.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-conversion.html">EMPTYASNULL</a>
     */
    static Storage ofCsv(ColumnType type) {
        return type instanceof ColumnType.Binary binary && binary.maxBytes() > ColumnType.DEFAULT_BINARY_BYTES
                ? Storage.AS_IS
                : ofText(type);
    }
}
