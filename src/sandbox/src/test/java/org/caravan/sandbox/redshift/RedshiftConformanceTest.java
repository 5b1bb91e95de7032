package org.caravan.sandbox.redshift;

import java.io.IOException;
import java.util.List;
import org.caravan.sandbox.conformance.ConformanceRow;
import org.caravan.sandbox.conformance.ConformanceTable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of {@code conformance/redshift/*.csv}, through the real Redshift driver.
 *
 * <p>A row has a session, a schema (first and only in the search path) and a key prefix of its own. Its cells {@code given} and
 * {@code statement} are steps: statements that end with {@code ;}, and lines that begin with {@code @}. Every step has to
 * succeed, but for the last one of {@code statement}, which is judged, and for statements that begin with {@code !}, which have
 * to fail.
 *
 * <p>Replaced in both: {@code ${s3}} (s3://bucket/row-id/), {@code ${bucket}}, {@code ${role}} (a role of the cluster), {@code
 * ${roleElsewhere}} (one that may not use this bucket), {@code ${accessKey}}, {@code ${secretKey}}, {@code ${schema}}, {@code ${size:name}} (the bytes of a file made before).
 *
 * <ul>
 *   <li>{@code @put name text}, {@code @gzip}, {@code @bzip2}, {@code @zstd}, {@code @utf16} (big-endian with a mark), {@code
 *       @utf16le}, {@code @utf16be}: a file below {@code ${s3}}; in the text {@code \n \r \t \0 \" \\} and {@code \xHH} (one byte)
 *   <li>{@code @repeat name 1000 text}: a file of that text a thousand times; {@code @hex name 00ff}: a file of bytes
 *   <li>{@code @avro name [codec] {schema} [records]}: records as JSON objects; bytes as {@code "0x00ff"}
 *   <li>{@code @parquet name message row {…} [rows]}: rows as JSON objects; bytes as {@code "0x00ff"}
 *   <li>{@code @b: statement;} runs it in a session named b, opened at its first use ({@code @session b} opens it earlier);
 *       {@code @b& statement;} does not wait for it, {@code @join b} waits, and what came of it is the step's outcome
 *   <li>{@code @notices}: its outcome is the texts of the last statement's notices, as rows
 *   <li>{@code @keys}: the names below {@code ${s3}}, as rows; {@code @text name}: the lines of such an object, as rows
 * </ul>
 */
@ExtendWith(SharedRedshift.class)
class RedshiftConformanceTest {
    static List<ConformanceRow> rows() throws IOException {
        return ConformanceTable.of("redshift");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void answersAsTheTableSays(ConformanceRow row) throws Exception {
        try (ConformanceRun run = new ConformanceRun(row)) {
            row.expected().check(run.outcome());
        }
    }
}
