package org.caravan.format;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.caravan.schema.Column;
import org.caravan.schema.Columns;

/** What to do with a column whose name is not an Avro name: letters, digits and underscores of ASCII, no digit first. */
public enum AvroNames {
    /** The file is refused, and the message names the columns. COPY finds columns by these names. */
    REFUSE {
        @Override
        List<String> fields(Columns columns) {
            List<String> names = originals(columns);
            List<String> bad = names.stream().filter(name -> !isAvroName(name)).toList();
            if (!bad.isEmpty()) {
                throw new FormatException(bad.stream().collect(Collectors.joining("', '", "'", "'"))
                        + (bad.size() == 1 ? " is no Avro name" : " are no Avro names")
                        + ": these have letters, digits and underscores of ASCII only, and no digit first."
                        + " Give the column an alias in the SQL, or set names=encode, which loads by a JSONPaths file");
            }
            return names;
        }
    },
    /**
     * Each character that is not allowed is written as {@code _x}, its hexadecimal code point and {@code _}, and so is an
     * underscore before an {@code x}: {@code home town} becomes {@code home_x20_town}. COPY needs a JSONPaths file if any name
     * differs, see {@link org.caravan.schema.FileFormat#jsonPaths}.
     */
    ENCODE {
        @Override
        List<String> fields(Columns columns) {
            return columns.stream().map(column -> encoded(column.name())).toList();
        }
    };

    private static final Pattern AVRO_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** The fields' names, in the columns' order; all different. */
    abstract List<String> fields(Columns columns);

    /** The columns' own names. */
    static List<String> originals(Columns columns) {
        return columns.stream().map(Column::name).toList();
    }

    private static boolean isAvroName(String name) {
        return AVRO_NAME.matcher(name).matches();
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < name.length(); i = name.offsetByCodePoints(i, 1)) {
            int point = name.codePointAt(i);
            boolean allowed = isAvroName((i == 0 ? "" : "a") + Character.toString(point));
            boolean misleading = point == '_' && name.startsWith("_x", i);
            if (allowed && !misleading) {
                encoded.appendCodePoint(point);
            } else {
                encoded.append("_x").append(Integer.toHexString(point)).append('_');
            }
        }
        return encoded.toString();
    }
}
