package org.caravan.sandbox.redshift.copy;

/**
 * A Parquet file as messages name it.
 *
 * @param https its address, as Spectrum reads it
 */
record ParquetSource(S3Location file, String https) {
    /** Codes of field reports: what does not fit the table, and what is wrong with the file itself. */
    static final int MISMATCH = 15007;

    static final int BAD_FILE = 15001;

    CopyFailure.Thrown failure(int code, String context) {
        return CopyFailure.spectrum(code, context, LoadError.ofFile(file, code, context))
                .thrown();
    }

    /** A value that does not fit its column. */
    CopyFailure.Thrown rejected(long line, TargetColumn column, BadValue why) {
        String length = column.length() < 0 ? "" : String.valueOf(column.length());
        LoadError error = new LoadError(
                file.toString(), line, column.name(), column.type(), length, "", why.code(), why.reason());
        String context = why.reason() + ", column: " + column.name() + ", row: " + line + ", File name: " + https;
        return CopyFailure.spectrum(MISMATCH, context, error).thrown();
    }

    /** What the Parquet library cannot read. */
    CopyFailure.Thrown unreadable(Exception why) {
        return failure(BAD_FILE, "File '" + https + "' cannot be read as Parquet: " + why.getMessage());
    }
}
