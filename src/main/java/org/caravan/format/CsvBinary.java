package org.caravan.format;

import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Storage;
import org.caravan.schema.Vector;

/** One column of bytes in a CSV file, as hexadecimal digits. */
final class CsvBinary {
    private final HexField field;
    private final CsvOptions options;
    private final Storage storage;
    private final boolean quoted;
    private final boolean onlyColumn;

    CsvBinary(Column column, CsvOptions options, boolean onlyColumn) {
        this.storage = options.storage(column.type());
        this.field = new HexField(column, storage);
        this.options = options;
        this.quoted = options.quoting() == Quoting.ALL || options.quoting() == Quoting.NON_NUMERIC;
        this.onlyColumn = onlyColumn;
    }

    /** Appends a row's value, which is not NULL. */
    void put(Vector vector, int row, Buffer out) {
        boolean empty = field.length(vector, row) == 0;
        if (empty) {
            checkEmpty();
        }
        boolean inQuotes = quoted || (empty && options.quoting() == Quoting.MINIMAL);
        if (inQuotes) {
            out.write(options.quote());
        }
        field.put(vector, row, out);
        if (inQuotes) {
            out.write(options.quote());
        }
    }

    private void checkEmpty() {
        if (storage == Storage.AS_IS) {
            throw field.refusal(
                    "binary of 0 bytes",
                    "at least one byte, since COPY reads an empty field as NULL in a column of VARBYTE",
                    "Choose another format, turn it into NULL in the SQL, or declare the column as binary("
                            + ColumnType.DEFAULT_BINARY_BYTES + ") or less, which goes through VARCHAR");
        }
        if (options.quoting() == Quoting.NONE && (options.nullText().isEmpty() || onlyColumn)) {
            throw field.refusal(
                    "binary of 0 bytes",
                    options.nullText().isEmpty() ? "any other, since nullText is empty as well" : CsvText.NO_EMPTY_LINE,
                    "Set quoting=minimal");
        }
    }
}
