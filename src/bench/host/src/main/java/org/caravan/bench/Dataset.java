package org.caravan.bench;

import java.util.Locale;

/**
 * What is read.
 *
 * @param name the table's name
 * @param sql the query
 * @param rows how many rows it gives, counted by the source
 * @param key a whole number that every row has
 * @param keySum the sum of the keys, computed by the source
 * @param maxKey the greatest key
 * @param columns what a Caravan route must say of single columns; empty if nothing
 */
record Dataset(String name, String sql, long rows, String key, String keySum, long maxKey, String columns) {
    String title() {
        return name + ", " + String.format(Locale.ROOT, "%,d", rows) + " rows";
    }
}
