package org.caravan.source;

import java.util.Optional;
import org.caravan.schema.BytesVector;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Utf8;
import org.caravan.schema.ValueException;

/** The reader for each column; each reader is used by one thread. */
final class ColumnReaders {
    private static final ColumnType.Text JSON_TEXT = new ColumnType.Text(ColumnType.MAX_TEXT_BYTES);

    private ColumnReaders() {}

    /** The reader of the column at an index, counted from 1. */
    static ColumnReader of(ReadColumn column, int index, Alterations alterations) {
        if (column.type() instanceof ColumnType.Text text) {
            return new TextReader(column, index, text, alterations);
        }
        ColumnReader exact = exact(column, index);
        return column.override().onOverflow() == OverflowRule.NULL ? orNull(exact, column, alterations) : exact;
    }

    private static ColumnReader exact(ReadColumn column, int index) {
        Reading reading = column.reading();
        ColumnType type = column.type();
        if (type instanceof ColumnType.Bool) {
            return reading == Reading.ZERO_OR_ONE ? NumberReaders.zeroOrOne(index) : NumberReaders.bool(index);
        }
        if (type instanceof ColumnType.Int integer) {
            return NumberReaders.integer(reading, integer, index);
        }
        if (type instanceof ColumnType.FloatingPoint) {
            return NumberReaders.floating(reading, index);
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return NumberReaders.decimal(reading, decimal, index);
        }
        if (type instanceof ColumnType.Binary binary) {
            return bytes(binary, index);
        }
        return type instanceof ColumnType.Super ? json(index) : TimeReaders.of(reading, type, index);
    }

    private static ColumnReader orNull(ColumnReader exact, ReadColumn column, Alterations alterations) {
        return (rows, vector, row) -> {
            try {
                exact.read(rows, vector, row);
            } catch (ValueException e) {
                vector.setNull(row);
                alterations.count(column.column().name(), "onOverflow=null");
            }
        };
    }

    private static ColumnReader bytes(ColumnType.Binary type, int index) {
        return (rows, vector, row) -> {
            byte[] value = rows.getBytes(index);
            if (value == null) {
                vector.setNull(row);
                return;
            }
            if (value.length > type.maxBytes()) {
                throw new ValueException(
                        "has " + value.length + " bytes, more than the " + type.maxBytes() + " of its column");
            }
            ((BytesVector) vector).append(row, value, 0, value.length);
        };
    }

    private static ColumnReader json(int index) {
        Utf8 utf8 = new Utf8();
        return (rows, vector, row) -> {
            String value = rows.getString(index);
            if (value == null) {
                vector.setNull(row);
                return;
            }
            JsonCheck.require(value);
            Optional<String> problem = utf8.append(value, (BytesVector) vector, row, JSON_TEXT);
            if (problem.isPresent()) {
                throw new ValueException(problem.get());
            }
        };
    }
}
