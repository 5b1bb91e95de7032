package org.caravan.sandbox.redshift.unload;

import java.util.List;
import java.util.Locale;
import org.caravan.sandbox.redshift.wire.DataRow;

/** The folder of a row by Hive's convention: r_UNLOAD.html, "PARTITION BY clause". */
final class PartitionFolder {
    /** What Hive writes as % and two digits: FileUtils.charToEscape in hive-common. */
    private static final String ESCAPED = "\"#%'*/:=?\\{[]^";

    private final List<String> names;
    private final int first;

    /** @param first the position of the first partition value, as text, in a row */
    PartitionFolder(List<String> names, int first) {
        this.names = names;
        this.first = first;
    }

    String of(DataRow row) {
        StringBuilder folder = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            String value = row.isNull(first + i) ? "__HIVE_DEFAULT_PARTITION__" : escaped(row.text(first + i));
            folder.append(escaped(names.get(i))).append('=').append(value).append('/');
        }
        return folder.toString();
    }

    private static String escaped(String value) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == 127 || ESCAPED.indexOf(c) >= 0) {
                result.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            } else {
                result.append(c);
            }
        }
        return result.toString();
    }
}
