package org.caravan.source.postgres;

import org.caravan.schema.ColumnType;

/** The cell for each column type; each cell is used by one thread. */
final class Cells {
    private Cells() {}

    static Cell of(ColumnType type) {
        if (type instanceof ColumnType.Bool) {
            return new BoolCell();
        }
        if (type instanceof ColumnType.Int integer) {
            return new IntCell(integer.bytes());
        }
        if (type instanceof ColumnType.FloatingPoint floating) {
            return floating.bytes() == Float.BYTES ? new FloatCell() : new DoubleCell();
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return decimal.fitsLong() ? new DecimalCell(decimal) : new WideDecimalCell(decimal);
        }
        if (type instanceof ColumnType.Text text) {
            return new TextCell(text.maxBytes());
        }
        if (type instanceof ColumnType.Binary binary) {
            return new BinaryCell(binary.maxBytes());
        }
        if (type instanceof ColumnType.Date) {
            return new DateCell();
        }
        if (type instanceof ColumnType.Timestamp timestamp) {
            return timestamp.zone() == ColumnType.Zone.LOCAL ? new LocalTimestampCell() : new InstantCell();
        }
        return Cell.NONE;
    }
}
