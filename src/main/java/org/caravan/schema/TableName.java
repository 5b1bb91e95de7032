package org.caravan.schema;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/** A table in a schema, by their unquoted names in lower case. */
public record TableName(String schema, String table) {
    /** The most bytes of a Redshift identifier; see "Names and identifiers" in the Amazon Redshift developer guide. */
    public static final int MAX_BYTES = 127;

    public TableName {
        check("schema", schema);
        check("table", table);
    }

    private static void check(String what, String name) {
        requireNonNull(name, what);
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "A " + what + " name has 1 to " + MAX_BYTES + " bytes; '" + name + "' has " + bytes);
        }
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
