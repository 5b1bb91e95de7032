package org.caravan.source;

/** Hears of each value that was changed because its column's settings ask for it. */
@FunctionalInterface
interface Alterations {
    /**
     * Counts one value.
     *
     * @param column the column's name from here on
     * @param rule the setting that changed it, such as {@code onOverflow=truncate}
     */
    void count(String column, String rule);
}
