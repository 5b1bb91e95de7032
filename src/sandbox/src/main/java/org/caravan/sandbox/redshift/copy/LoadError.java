package org.caravan.sandbox.redshift.copy;

import java.util.List;

/**
 * One row of the load error tables.
 *
 * @param line the row's number in its file, from 1; 0 if the file as a whole is wrong
 * @param position where the field begins in the raw line, from 0
 *     (https://github.com/awsdocs/amazon-redshift-developer-guide/issues/40)
 * @param fields what STL_LOADERROR_DETAIL shows
 */
public record LoadError(
        String file,
        long line,
        String column,
        String type,
        String length,
        int position,
        String rawLine,
        String value,
        int code,
        String reason,
        List<Field> fields) {
    /** A field of the row, up to the one that is wrong. */
    public record Field(String column, String type, String length, String value, boolean isNull) {}

    public LoadError {
        fields = List.copyOf(fields);
    }

    LoadError(
            String file, long line, String column, String type, String length, String value, int code, String reason) {
        this(file, line, column, type, length, 0, "", value, code, reason, List.of());
    }

    LoadError withPrefix(String words) {
        return new LoadError(file, line, column, type, length, position, rawLine, value, code, words + reason, fields);
    }

    static LoadError ofFile(S3Location file, int code, String reason) {
        return new LoadError(file.toString(), 0, "", "", "", "", code, reason);
    }
}
