package org.caravan.sandbox.redshift.syntax;

import org.caravan.sandbox.redshift.wire.SqlError;

/** A statement that fails in the stand-in itself, before or while PostgreSQL runs it. */
public final class StatementRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SqlError error;

    public StatementRefused(SqlError error) {
        super(error.message());
        this.error = error;
    }

    public StatementRefused(String state, String message) {
        this(SqlError.error(state, message));
    }

    /** Redshift's wording for text that its grammar does not know. */
    public static StatementRefused syntaxErrorNear(String text) {
        return new StatementRefused(
                SqlError.SYNTAX_ERROR,
                text.isEmpty() ? "syntax error at end of input" : "syntax error at or near \"" + text + "\"");
    }

    /** What the real service can and the stand-in cannot, said in so many words. */
    public static StatementRefused notYet(String what) {
        return new StatementRefused(SqlError.NOT_SUPPORTED, "the stand-in does not support " + what + " yet");
    }

    public SqlError error() {
        return error;
    }
}
