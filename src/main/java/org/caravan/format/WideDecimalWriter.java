package org.caravan.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.DecimalVector;
import org.caravan.schema.Vector;

/** Decimals of 19 to 38 digits: big-endian two's complement, of a fixed width. */
final class WideDecimalWriter extends ColumnWriter {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final BytesValues values;
    private final byte[] scratch = new byte[ParquetSchema.WIDE_DECIMAL_BYTES];
    private final DecimalLimit limit;

    WideDecimalWriter(
            Column column, ColumnType.Decimal type, BytesValues values, ParquetOptions options, PageWriter pageWriter) {
        super(column, values, options, pageWriter);
        this.values = values;
        this.limit = new DecimalLimit(type.precision());
    }

    @Override
    int rowsThatFit(Vector vector, int from, int to, int bytes) {
        return ColumnWriters.fixedRowsThatFit(from, to, bytes, ParquetSchema.WIDE_DECIMAL_BYTES);
    }

    @Override
    void append(Vector vector, int from, int to) {
        DecimalVector decimals = (DecimalVector) vector;
        for (int row = from; row < to; row++) {
            if (decimals.isNull(row)) {
                continue;
            }
            long high = decimals.high(row);
            long low = decimals.low(row);
            if (!limit.allows(high, low)) {
                throw refusal(row, from, decimals.get(row), limit.toString());
            }
            LONG.set(scratch, 0, high);
            LONG.set(scratch, Long.BYTES, low);
            values.add(scratch, 0, scratch.length);
        }
    }
}
