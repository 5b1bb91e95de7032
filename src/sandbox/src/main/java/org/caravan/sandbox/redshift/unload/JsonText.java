package org.caravan.sandbox.redshift.unload;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.redshift.wire.DataRow;

/**
 * One JSON object a line. The guide says that booleans are unloaded as {@code t} or {@code f}; that they are quoted is assumed,
 * because the line would be no JSON otherwise.
 */
final class JsonText implements RowText {
    private final List<ResultColumn> columns;
    private final List<Integer> kept;
    private final List<byte[]> names = new ArrayList<>();

    JsonText(List<ResultColumn> columns, List<Integer> kept) {
        this.columns = columns;
        this.kept = kept;
        for (int column : kept) {
            names.add(("\"" + escaped(columns.get(column).name()) + "\":").getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public Optional<byte[]> header() {
        return Optional.empty();
    }

    @Override
    public void write(DataRow row, ByteArrayOutputStream out) {
        out.write('{');
        for (int i = 0; i < kept.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.writeBytes(names.get(i));
            value(row, kept.get(i), out);
        }
        out.write('}');
        out.write('\n');
    }

    private void value(DataRow row, int column, ByteArrayOutputStream out) {
        if (row.isNull(column)) {
            out.writeBytes("null".getBytes(StandardCharsets.US_ASCII));
        } else if (columns.get(column).type() == ResultColumn.Type.SUPER) {
            out.writeBytes(FieldText.compact(row.text(column)).getBytes(StandardCharsets.UTF_8));
        } else if (columns.get(column).isNumber() && isFinite(row, column)) {
            row.writeTo(out, column);
        } else {
            out.write('"');
            out.writeBytes(escaped(row.text(column)).getBytes(StandardCharsets.UTF_8));
            out.write('"');
        }
    }

    /** NaN and the infinities begin with a letter, or with a sign and a letter. */
    private static boolean isFinite(DataRow row, int column) {
        return row.at(column, row.length(column) - 1) <= '9';
    }

    private static String escaped(String text) {
        return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
