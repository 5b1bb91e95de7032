package org.caravan.verify.digest;

/**
 * A column that has no part in a table's digest. What is compared of it is the count of rows and of NULLs, and what else the
 * summary measures. Immutable.
 *
 * @param column its name
 * @param reason why, as a clause for a report
 */
public record Excluded(String column, String reason) {
    @Override
    public String toString() {
        return "column '" + column + "': " + reason;
    }
}
