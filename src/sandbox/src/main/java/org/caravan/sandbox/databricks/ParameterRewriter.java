package org.caravan.sandbox.databricks;

import org.caravan.sandbox.databricks.SqlTokens.Token;

/**
 * Turns {@code ?} markers into named ones, {@code :sea_p1}, {@code :sea_p2}, ….
 *
 * <p>Spark 4.1.0 to 4.2.0 binds five or more positional parameters in the wrong order without a word (SPARK-58341, fixed by
 * apache/spark pull request 57516 after 4.2.0); named parameters are bound correctly.
 */
record ParameterRewriter(String sql, int count) {
    private static final String PREFIX = "sea_p";

    /** Rewrites the markers that stand outside strings, quoted identifiers and comments. */
    static ParameterRewriter of(String sql) {
        StringBuilder rewritten = new StringBuilder();
        int copied = 0;
        int count = 0;
        for (Token token : SqlTokens.of(sql)) {
            if (token.isSymbol("?")) {
                count++;
                rewritten.append(sql, copied, token.start()).append(':').append(name(count));
                copied = token.end();
            }
        }
        return new ParameterRewriter(rewritten.append(sql, copied, sql.length()).toString(), count);
    }

    /** The name of the marker with this ordinal, the first being 1. */
    static String name(int ordinal) {
        return PREFIX + ordinal;
    }
}
