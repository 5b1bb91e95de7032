package org.caravan.sandbox.redshift.transaction;

import java.io.IOException;
import org.caravan.sandbox.redshift.wire.Answer;
import org.caravan.sandbox.redshift.wire.SqlError;

/** Says in other words that a table does not exist. */
record MissingTable(Answer answer, String words) implements Answer {
    @Override
    public void message(char type, byte[] body) throws IOException {
        answer.message(type, body);
    }

    @Override
    public void error(byte[] body) throws IOException {
        answer.error(
                SqlError.isMissingTable(body) ? SqlError.error("42P01", words).body() : body);
    }
}
