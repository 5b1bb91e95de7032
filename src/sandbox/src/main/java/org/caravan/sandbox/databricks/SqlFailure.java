package org.caravan.sandbox.databricks;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/** How a statement failed, as the API reports it: SQLState and message. */
record SqlFailure(String sqlState, String message) {
    /** An internal error, as in Spark's error conditions. */
    private static final String INTERNAL = "XX000";

    /** The failure told by the first cause that carries an SQLState: Spark wraps what a task threw. */
    static SqlFailure of(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        for (Throwable cause : causes) {
            String state = stateOf(cause);
            if (state != null && !state.equals(INTERNAL)) {
                return new SqlFailure(state, messageOf(cause));
            }
        }
        return new SqlFailure(INTERNAL, messageOf(thrown));
    }

    private static String stateOf(Throwable cause) {
        if (cause instanceof Refused refused) {
            return refused.sqlState();
        }
        if (cause instanceof SparkThrowable spark) {
            return spark.getCondition() == null ? null : spark.getSqlState();
        }
        return cause instanceof SQLException remote ? remote.getSQLState() : null;
    }

    private static String messageOf(Throwable cause) {
        if (cause instanceof AnalysisException analysis) {
            // The whole message would end with the query's plan.
            return analysis.getSimpleMessage();
        }
        String message = String.valueOf(cause.getMessage()).strip();
        if (cause instanceof Refused || cause instanceof SparkThrowable) {
            return message;
        }
        if (cause instanceof SQLException remote) {
            return "[FEDERATION_REMOTE_ERROR] The foreign database refused the query: " + message + " SQLSTATE: "
                    + remote.getSQLState();
        }
        return cause.getClass().getSimpleName() + ": " + message;
    }
}
