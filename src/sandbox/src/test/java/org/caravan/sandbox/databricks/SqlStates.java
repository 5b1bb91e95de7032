package org.caravan.sandbox.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.SQLException;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts on the SQLState that a statement fails with. */
final class SqlStates {
    private SqlStates() {}

    static AbstractStringAssert<?> assertThatSql(ThrowingCallable statement) {
        Throwable thrown = catchThrowable(statement);
        assertThat(thrown).isInstanceOf(SQLException.class);
        return assertThat(((SQLException) thrown).getSQLState()).as(thrown.getMessage());
    }
}
