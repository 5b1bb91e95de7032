package org.caravan.sandbox.redshift.copy;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;

/** What fills one column of the table. Used by one thread. */
interface ParquetField {
    TargetColumn column();

    /** Goes to the first row of a row group. */
    void begin(ColumnReadStore store);

    /**
     * Writes the value of the next row.
     *
     * @param record the row's SUPER fields, if the table has such columns
     */
    void write(Group record, RowBuffer out) throws BadValue;

    /** Whether ACCEPTINVCHARS has replaced characters since the last call. */
    boolean takeReplaced();

    private static void writeNull(TargetColumn column, RowBuffer out) throws BadValue {
        if (column.notNull()) {
            throw new BadValue(BadValue.NOT_NULL, "Missing data for not-null field");
        }
        out.nullValue();
    }

    /** A column at the end that the file has not: FILLRECORD. */
    record Missing(TargetColumn column) implements ParquetField {
        @Override
        public void begin(ColumnReadStore store) {
            // nothing to read
        }

        @Override
        public void write(Group record, RowBuffer out) throws BadValue {
            writeNull(column, out);
        }

        @Override
        public boolean takeReplaced() {
            return false;
        }
    }

    /** A SUPER column. */
    record Document(TargetColumn column, int index, ParquetJson json, SuperField value) implements ParquetField {
        Document(TargetColumn column, int index) {
            this(column, index, new ParquetJson(), new SuperField());
        }

        @Override
        public void begin(ColumnReadStore store) {
            // records are assembled for all such columns together
        }

        @Override
        public void write(Group record, RowBuffer out) throws BadValue {
            if (record.getFieldRepetitionCount(index) == 0
                    && !record.getType()
                            .getType(index)
                            .isRepetition(org.apache.parquet.schema.Type.Repetition.REPEATED)) {
                writeNull(column, out);
                return;
            }
            byte[] text = json.of(record, index);
            value.write(text, 0, text.length, out);
        }

        @Override
        public boolean takeReplaced() {
            return false;
        }
    }

    /** A column of single values. */
    final class Flat implements ParquetField {
        private final TargetColumn column;
        private final ColumnDescriptor descriptor;
        private final ColumnValues values;
        private ColumnReader reader;

        private Flat(TargetColumn column, ColumnDescriptor descriptor, ColumnValues values) {
            this.column = column;
            this.descriptor = descriptor;
            this.values = values;
        }

        static Flat of(ParquetColumns.Match match, MessageType schema, CopyOptions.Conversion conversion) {
            ColumnDescriptor descriptor = schema.getColumnDescription(
                    new String[] {match.field().orElseThrow().getName()});
            return new Flat(
                    match.column(),
                    descriptor,
                    ColumnValues.of(descriptor.getPrimitiveType(), match.column(), conversion));
        }

        @Override
        public TargetColumn column() {
            return column;
        }

        @Override
        public void begin(ColumnReadStore store) {
            reader = store.getColumnReader(descriptor);
        }

        @Override
        public void write(Group record, RowBuffer out) throws BadValue {
            if (reader.getCurrentDefinitionLevel() < descriptor.getMaxDefinitionLevel()) {
                writeNull(column, out);
            } else {
                values.write(reader, out);
            }
            reader.consume();
        }

        @Override
        public boolean takeReplaced() {
            return values instanceof TextValues text && text.takeReplaced();
        }
    }
}
