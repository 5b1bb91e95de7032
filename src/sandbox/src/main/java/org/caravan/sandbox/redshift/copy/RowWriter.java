package org.caravan.sandbox.redshift.copy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes rows of text fields for PostgreSQL, whole or not at all, and reports those that are rejected. Used by one thread. */
final class RowWriter {
    private static final int RAW_BYTES = 1024;

    private final FieldColumn[] columns;
    private final RowErrors errors;
    private String file = "";

    /** @param nullText the text that stands for NULL, if the format has one */
    RowWriter(CopyTarget target, CopyOptions options, Optional<byte[]> nullText, RowErrors errors)
            throws CopyFailure.Thrown {
        this.columns = new FieldColumn[target.columns().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new FieldColumn(target.columns().get(i), options.conversion(), nullText);
        }
        this.errors = errors;
    }

    void file(S3Location location) {
        file = location.toString();
    }

    int size() {
        return columns.length;
    }

    List<String> names() {
        return java.util.Arrays.stream(columns)
                .map(column -> column.target().name())
                .toList();
    }

    /** Writes one row; false if it was rejected. */
    boolean write(Fields row, boolean fill, RowBuffer out) throws IOException, CopyFailure.Thrown {
        int mark = out.size();
        out.int16(columns.length);
        int at = 0;
        try {
            for (; at < columns.length; at++) {
                if (at >= row.count && fill) {
                    columns[at].writeMissing(out);
                } else if (row.source[at] == null) {
                    columns[at].writeNull(out);
                } else {
                    columns[at].write(row.source[at], row.from[at], row.to[at], out);
                }
            }
        } catch (BadValue e) {
            out.truncate(mark);
            reject(row, at, e);
            return false;
        }
        for (FieldColumn column : columns) {
            if (column.takeReplaced()) {
                errors.replaced(new LoadHistory.Replacement(
                        file, row.line, column.target().name(), rawLine(row)));
                break;
            }
        }
        return true;
    }

    /** Reports a row that has no fields to write. */
    void reject(Fields row, BadValue why) throws IOException, CopyFailure.Thrown {
        errors.add(new LoadError(file, row.line, "", "", "", 0, rawLine(row), "", why.code(), why.reason(), List.of()));
    }

    private void reject(Fields row, int index, BadValue why) throws IOException, CopyFailure.Thrown {
        TargetColumn column = columns[index].target();
        boolean present = index < row.count && row.source[index] != null;
        errors.add(new LoadError(
                file,
                row.line,
                column.name(),
                type(column),
                length(column),
                present ? row.position[index] : 0,
                rawLine(row),
                value(row, index),
                why.code(),
                why.reason(),
                errors.wantsDetail() ? fields(row, index) : List.of()));
    }

    private List<LoadError.Field> fields(Fields row, int last) {
        List<LoadError.Field> fields = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            TargetColumn column = columns[i].target();
            boolean isNull = i == last || columns[i].isNull(row, i);
            String value = isNull ? "" : dotted(value(row, i));
            fields.add(new LoadError.Field(column.name(), type(column), length(column), value, isNull));
        }
        return fields;
    }

    private static String value(Fields row, int index) {
        boolean present = index < row.count && row.source[index] != null;
        return present ? text(row.source[index], row.from[index], row.to[index]) : "";
    }

    /** As samples of STL_LOAD_ERRORS show them: {@code numeric}, {@code 18, 0}; {@code int8}, {@code 0}. */
    private static String type(TargetColumn column) {
        return column.type().equals("bpchar") ? "char" : column.type().toLowerCase(Locale.ROOT);
    }

    private static String length(TargetColumn column) {
        if (column.type().equals("numeric")) {
            return column.length() + ", " + column.scale();
        }
        return String.valueOf(Math.max(0, column.length()));
    }

    private static String rawLine(Fields row) {
        return dotted(text(row.raw, row.rawFrom, row.rawTo));
    }

    /** "Multibyte characters in the load data are replaced with a period": https://docs.aws.amazon.com/redshift/latest/dg/r_STL_LOAD_ERRORS.html */
    private static String dotted(String text) {
        return text.replaceAll("[^\\x00-\\x7f]", ".");
    }

    private static String text(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + RAW_BYTES);
        return new String(bytes, from, end - from, StandardCharsets.UTF_8).replace('\0', ' ');
    }
}
