package org.caravan.format;

import org.caravan.schema.ColumnType;
import org.caravan.schema.Storage;

/** What a table needs to be so that COPY loads each type from a file of each format by a documented mapping. */
final class Staging {
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
     * Numbers are Avro's own; VARBYTE has no mapping.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/copy-usage-varbyte.html">Loading a column of the VARBYTE data
     *     type</a>
     */
    static Storage ofAvro(ColumnType type) {
        if (type instanceof ColumnType.Binary) {
            return Storage.HEX;
        }
        return type instanceof ColumnType.Super ? Storage.JSON_TEXT : Storage.AS_IS;
    }

    /**
     * JSON and delimited text: COPY documents no text for NaN and the infinities, so that floating-point numbers are loaded as
     * text (https://github.com/databricks/spark-redshift/pull/269 found NaN refused).
     */
    static Storage ofText(ColumnType type) {
        return type instanceof ColumnType.FloatingPoint ? Storage.NUMBER_TEXT : ofAvro(type);
    }

    /** CSV is text, of which COPY loads hexadecimal digits into VARBYTE. */
    static Storage ofCsv(ColumnType type) {
        return type instanceof ColumnType.Binary ? Storage.AS_IS : ofText(type);
    }
}
