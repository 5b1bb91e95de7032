package org.caravan.source.split;

import java.util.Locale;

/** By what a query's result is cut into slices. */
public sealed interface PartitionBy {
    /** By what is sure to be right and cheap, else not at all. */
    record Auto() implements PartitionBy {}

    /** By where rows lie in a PostgreSQL table. */
    record Ctid() implements PartitionBy {}

    /** By the values of one column of the result. */
    record Key(String column) implements PartitionBy {}

    /** What a setting says: auto, ctid, or a column's name, which stands in quotation marks if it is one of these words. */
    static PartitionBy parse(String setting) {
        String text = setting.strip();
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "auto" -> new Auto();
            case "ctid" -> new Ctid();
            default -> new Key(unquoted(text));
        };
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
    }
}
