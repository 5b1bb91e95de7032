package org.caravan.sandbox.databricks;

/** The most that a result may weigh inline: 25 MiB (docs.databricks.com/api/workspace/statementexecution). */
final class InlineLimit {
    static final long BYTES = 25L << 20;

    private InlineLimit() {}

    /** @throws Refused when an inline result is too large; there are no external links here */
    static void check(long bytes) {
        if (bytes > BYTES) {
            throw new Refused(
                    "INLINE_BYTE_LIMIT_EXCEEDED",
                    "54000",
                    "Inline byte limit exceeded. Statements executed with disposition=INLINE can have a result size of at most "
                            + BYTES + " bytes. The sandbox has no external links; ask for fewer rows.");
        }
    }
}
