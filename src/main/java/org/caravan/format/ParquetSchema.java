package org.caravan.format;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;

/**
 * Columns as Parquet declares them: exactly the physical types that Redshift's COPY demands, which converts nothing, each with
 * its logical type and the older converted type.
 *
 * <p>Every column is OPTIONAL, also one that the source declares NOT NULL: the claim may be wrong for computed columns, a
 * REQUIRED column has no way to hold the NULL, and the parts of one run must not differ. The levels of a page without NULLs
 * take six bytes. NOT NULL is the table's business.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/copy-usage_notes-copy-from-columnar.html">COPY from columnar
 *     data formats</a>
 * @see <a href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md">Parquet logical types</a>
 */
final class ParquetSchema {
    /** The width of a decimal of more than 18 digits: COPY checks that the width fits the precision. */
    static final int WIDE_DECIMAL_BYTES = 16;

    private static final String ROOT = "caravan";

    private ParquetSchema() {}

    static List<SchemaElement> elements(Columns columns) {
        List<SchemaElement> elements = new ArrayList<>(columns.size() + 1);
        elements.add(new SchemaElement(ROOT).setNum_children(columns.size()));
        for (Column column : columns) {
            elements.add(element(column));
        }
        return elements;
    }

    static Type physical(ColumnType type) {
        if (type instanceof ColumnType.Bool) {
            return Type.BOOLEAN;
        }
        if (type instanceof ColumnType.Int integer) {
            return integer.bytes() == Long.BYTES ? Type.INT64 : Type.INT32;
        }
        if (type instanceof ColumnType.FloatingPoint number) {
            return number.bytes() == Float.BYTES ? Type.FLOAT : Type.DOUBLE;
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return decimal.fitsLong() ? Type.INT64 : Type.FIXED_LEN_BYTE_ARRAY;
        }
        if (type instanceof ColumnType.Text || type instanceof ColumnType.Binary || type instanceof ColumnType.Super) {
            return Type.BYTE_ARRAY;
        }
        if (type instanceof ColumnType.Date) {
            return Type.INT32;
        }
        return Type.INT64;
    }

    private static SchemaElement element(Column column) {
        ColumnType type = column.type();
        SchemaElement element = new SchemaElement(column.name());
        element.setType(physical(type)).setRepetition_type(FieldRepetitionType.OPTIONAL);
        if (type instanceof ColumnType.Decimal decimal) {
            decimal(decimal, element);
        } else if (type instanceof ColumnType.Text || type instanceof ColumnType.Super) {
            element.setConverted_type(ConvertedType.UTF8);
            element.setLogicalType(LogicalType.STRING(new StringType()));
        } else if (type instanceof ColumnType.Date) {
            element.setConverted_type(ConvertedType.DATE);
            element.setLogicalType(LogicalType.DATE(new DateType()));
        } else if (type instanceof ColumnType.Timestamp timestamp) {
            timestamp(timestamp, element);
        }
        // A smallint has no INT(16) annotation: COPY documents plain INT32 for SMALLINT. Binary is bytes without a
        // meaning.
        return element;
    }

    private static void decimal(ColumnType.Decimal decimal, SchemaElement element) {
        if (!decimal.fitsLong()) {
            element.setType_length(WIDE_DECIMAL_BYTES);
        }
        element.setConverted_type(ConvertedType.DECIMAL)
                .setPrecision(decimal.precision())
                .setScale(decimal.scale());
        element.setLogicalType(LogicalType.DECIMAL(new DecimalType(decimal.scale(), decimal.precision())));
    }

    /**
     * The number stored for a local time is that of the same time in UTC, and so it is for Redshift's TIMESTAMP, which knows no
     * zone: the value lands unchanged either way. Readers with two types (DuckDB, Spark) take the local one only if
     * {@code isAdjustedToUTC} is false. TIMESTAMP_MICROS is written beside it although it means UTC: the specification
     * demands it ("Parquet writer implementation must annotate local timestamps with legacy annotations too"), and readers that
     * know no logical types would otherwise see a plain INT64, which COPY turns into nonsense years.
     */
    private static void timestamp(ColumnType.Timestamp timestamp, SchemaElement element) {
        boolean instant = timestamp.zone() == ColumnType.Zone.INSTANT;
        element.setConverted_type(ConvertedType.TIMESTAMP_MICROS);
        element.setLogicalType(LogicalType.TIMESTAMP(new TimestampType(instant, TimeUnit.MICROS(new MicroSeconds()))));
    }
}
