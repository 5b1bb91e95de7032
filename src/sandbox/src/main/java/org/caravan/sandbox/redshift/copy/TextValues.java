package org.caravan.sandbox.redshift.copy;

import java.nio.ByteBuffer;
import org.apache.parquet.column.ColumnReader;

/** VARCHAR and CHAR from Parquet: as many bytes as the column has, valid UTF-8, single bytes in CHAR. */
final class TextValues implements ColumnValues {
    private final TargetColumn column;
    private final int limit;
    private final FieldValue value;

    TextValues(TargetColumn column, CopyOptions.Conversion conversion) {
        this.column = column;
        this.limit = column.length() < 0 ? Integer.MAX_VALUE : column.length();
        this.value =
                column.type().equals("bpchar") ? new CharField(column, conversion) : new TextField(column, conversion);
    }

    @Override
    public void write(ColumnReader reader, RowBuffer out) throws BadValue {
        ByteBuffer bytes = reader.getBinary().toByteBuffer();
        int length = bytes.remaining();
        if (length > limit) {
            throw new BadValue(
                    ParquetSource.MISMATCH,
                    "The length of the data column " + column.name()
                            + " is longer than the length defined in the table. Table: " + limit + ", Data: " + length);
        }
        if (bytes.hasArray()) {
            int from = bytes.arrayOffset() + bytes.position();
            value.write(bytes.array(), from, from + length, out);
        } else {
            byte[] copy = new byte[length];
            bytes.get(copy);
            value.write(copy, 0, length, out);
        }
    }

    boolean takeReplaced() {
        return value instanceof TextField text && text.takeReplaced();
    }
}
