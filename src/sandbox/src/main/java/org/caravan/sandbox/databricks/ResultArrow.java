package org.caravan.sandbox.databricks;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.arrow.ArrowConverters$;
import org.apache.spark.sql.execution.arrow.ArrowConverters.ArrowBatchWithSchemaIterator;
import scala.jdk.javaapi.CollectionConverters;

/** Rows in the format ARROW_STREAM: one Arrow IPC stream with one batch, uncompressed. */
final class ResultArrow {
    private ResultArrow() {}

    static byte[] render(Collected rows) {
        if (rows.rows().length == 0) {
            return ArrowConverters$.MODULE$.createEmptyArrowBatch(rows.schema(), rows.timeZone(), false, false);
        }
        scala.collection.Iterator<InternalRow> source =
                CollectionConverters.asScala(Arrays.asList(rows.rows()).iterator());
        ArrowBatchWithSchemaIterator batches = ArrowConverters$.MODULE$.toBatchWithSchemaIterator(
                source, rows.schema(), rows.rows().length, Long.MAX_VALUE, rows.timeZone(), false, false);
        try {
            return batches.next();
        } finally {
            // Closed by itself only when it is asked for a batch after the last: its memory is not the heap's.
            batches.close();
        }
    }
}
