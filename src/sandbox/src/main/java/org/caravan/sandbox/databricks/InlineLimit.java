package org.caravan.sandbox.databricks;

/**
 * The most that a result may weigh inline, in the engine's own representation: 25 MiB
 * (docs.databricks.com/api/workspace/statementexecution/executestatement, {@code disposition}).
 */
final class InlineLimit {
    static final long BYTES = 25L << 20;

    private InlineLimit() {}

    /** A result that is larger, in the words of Databricks as its users quote them. */
    static Refused exceeded() {
        return new Refused(
                "INLINE_BYTE_LIMIT_EXCEEDED",
                "54000",
                "Inline byte limit exceeded. Statements executed with disposition=INLINE can have a result size of at most "
                        + BYTES + " bytes. Please execute the statement with disposition=EXTERNAL_LINKS if you want to"
                        + " download the full result.");
    }
}
