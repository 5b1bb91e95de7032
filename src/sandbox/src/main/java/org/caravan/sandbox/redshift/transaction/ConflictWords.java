package org.caravan.sandbox.redshift.transaction;

import java.io.IOException;
import java.util.function.Supplier;
import org.caravan.sandbox.redshift.wire.Answer;
import org.caravan.sandbox.redshift.wire.SqlError;

/** Under SNAPSHOT isolation PostgreSQL itself finds the row that a concurrent transaction has changed; the words are Redshift's. */
record ConflictWords(Answer answer, Supplier<SqlError> violation) implements Answer {
    @Override
    public void message(char type, byte[] body) throws IOException {
        answer.message(type, body);
    }

    @Override
    public void error(byte[] body) throws IOException {
        answer.error(SqlError.isSerializationFailure(body) ? violation.get().body() : body);
    }
}
