package org.caravan.source.postgres;

import org.caravan.schema.ColumnType;

/** The cell for each column type; each cell is used by one thread. */
final class Cells {
    private Cells() {}

    /**
     * The cell for a column.
     *
     * @param source PostgreSQL's name of the type that the server sends
     */
    static Cell of(ColumnType type, String source) {
        if (type instanceof ColumnType.Bool) {
            return new BoolCell();
        }
        if (type instanceof ColumnType.Int integer) {
            return new IntCell(integer.bytes());
        }
        if (type instanceof ColumnType.FloatingPoint) {
            return floating(source);
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

    /** A real number may be carried as double precision: it is the number of 4 bytes, not that of its text. */
    private static Cell floating(String source) {
        return switch (source) {
            case "float4" -> new FloatCell();
            case "float8" -> new DoubleCell();
            default -> Cell.NONE;
        };
    }
}
