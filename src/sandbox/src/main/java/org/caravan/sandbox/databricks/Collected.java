package org.caravan.sandbox.databricks;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** The rows of a statement in Spark's own form, from which both result formats are made. */
record Collected(StructType schema, InternalRow[] rows, boolean truncated, String timeZone) {
    /** Runs the query to its end; at most {@code limit} rows are kept when the limit is above zero. */
    static Collected of(Dataset<Row> dataset, long limit, String timeZone) {
        int bound = Math.toIntExact(Math.min(limit, Integer.MAX_VALUE - 1));
        QueryExecution execution = (bound > 0 ? dataset.limit(bound + 1) : dataset).queryExecution();
        InternalRow[] rows = SQLExecution.withNewExecutionId(execution, Option.apply("collect"), () -> execution
                .executedPlan()
                .executeCollect());
        boolean truncated = bound > 0 && rows.length > bound;
        InternalRow[] kept = truncated ? java.util.Arrays.copyOf(rows, bound) : rows;
        return new Collected(dataset.schema(), kept, truncated, timeZone);
    }
}
