package org.caravan.sandbox.databricks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * The rows of a statement in Spark's own form, from which every result format is made. {@code bytes} is their size in that form,
 * by which limits are reckoned: "Byte counts are based on internal data representations"
 * (docs.databricks.com/api/workspace/statementexecution/executestatement, {@code byte_limit}).
 */
record Collected(StructType schema, InternalRow[] rows, long bytes, boolean truncated, String timeZone) {
    /** How large a part of a result is. */
    private static final long PART_BYTES = 4L << 20;

    /** Runs the query to its end and keeps as many rows as the request's limits allow. */
    static Collected of(Dataset<Row> dataset, StatementRequest request, String timeZone) {
        int bound = Math.toIntExact(Math.min(request.rowLimit(), Integer.MAX_VALUE - 1));
        QueryExecution execution = (bound > 0 ? dataset.limit(bound + 1) : dataset).queryExecution();
        InternalRow[] rows = SQLExecution.withNewExecutionId(execution, Option.apply("collect"), () -> execution
                .executedPlan()
                .executeCollect());
        int kept = bound > 0 ? Math.min(rows.length, bound) : rows.length;
        long bytes = 0;
        for (int i = 0; i < kept; i++) {
            long size = size(rows[i]);
            if (request.byteLimit() > 0 && bytes + size > request.byteLimit()) {
                kept = i;
                break;
            }
            bytes += size;
        }
        return new Collected(dataset.schema(), Arrays.copyOf(rows, kept), bytes, kept < rows.length, timeZone);
    }

    /** The same rows in parts, at least one. */
    List<Collected> parts() {
        List<Collected> parts = new ArrayList<>();
        int from = 0;
        long size = 0;
        for (int i = 0; i < rows.length; i++) {
            size += size(rows[i]);
            if (size >= PART_BYTES || i == rows.length - 1) {
                parts.add(new Collected(schema, Arrays.copyOfRange(rows, from, i + 1), size, truncated, timeZone));
                from = i + 1;
                size = 0;
            }
        }
        return parts.isEmpty() ? List.of(this) : parts;
    }

    private static long size(InternalRow row) {
        return row instanceof UnsafeRow unsafe ? unsafe.getSizeInBytes() : 8L * (row.numFields() + 1);
    }
}
