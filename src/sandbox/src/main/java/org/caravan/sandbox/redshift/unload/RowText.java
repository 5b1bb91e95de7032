package org.caravan.sandbox.redshift.unload;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.redshift.wire.DataRow;

/** Writes rows as lines of text. Not thread-safe. */
interface RowText {
    /** The first line of every file. */
    Optional<byte[]> header();

    /** Appends one row, its line feed included. */
    void write(DataRow row, ByteArrayOutputStream out) throws UnloadFailure;

    /** @param kept the positions of the columns that stay in the files */
    static RowText of(UnloadFormat format, List<ResultColumn> columns, List<Integer> kept) {
        if (format instanceof UnloadFormat.Csv csv) {
            return new CsvText(csv, new FieldText(columns), kept);
        }
        if (format instanceof UnloadFormat.Delimited delimited) {
            return new DelimitedText(delimited, new FieldText(columns), kept);
        }
        if (format instanceof UnloadFormat.FixedWidth fixed) {
            return new FixedWidthText(fixed, new FieldText(columns), kept);
        }
        return new JsonText(columns, kept);
    }
}
