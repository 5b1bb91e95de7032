package org.caravan.sandbox.databricks;

import static org.caravan.sandbox.databricks.SharedWarehouse.JSON;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.caravan.sandbox.conformance.ConformanceRow;
import org.caravan.sandbox.conformance.ConformanceTable;
import org.caravan.sandbox.redshift.RedshiftStandIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of {@code conformance/databricks/*.csv}, through the real Databricks driver or plain HTTP, with the stand-in of Redshift
 * as the foreign database behind the connection {@code rs}.
 *
 * <p>The cells {@code given} and {@code statement} are steps: statements that end with {@code ;}, which the administrator runs in one
 * session, and lines that begin with {@code @}. Every step has to succeed, but for the last one of {@code statement}, which is judged.
 *
 * <p>Replaced in both: {@code ${schema}} and {@code ${catalog}}, a schema in Redshift and a foreign catalog that only this row has, made
 * when it mentions them; {@code ${reader}}, a principal that only this row has, without privileges; {@code ${port}} and
 * {@code ${password}} of Redshift.
 *
 * <ul>
 *   <li>{@code @reader: statement} runs it in a session of the reader, {@code @remote: statement} in Redshift; {@code @arrow:} and
 *       {@code @json:} in a session of the administrator with results in that form
 *   <li>{@code @columns catalog schema table}: what the driver's {@code getColumns} says of a table, as rows
 *   <li>{@code @faults {…}} orders faults, which end with the row
 *   <li>{@code @http METHOD /path body} calls the API as the administrator, {@code @reader-http} as the reader,
 *       {@code @client-http} with the reader's client secret, {@code @anonymous-http} without credentials; the outcome is the status
 *       and the body
 *   <li>{@code @value /a/0/b}: the value at that JSON pointer in the last answer, as a row
 *   <li>{@code @follow /a/0/b} calls the link that stands there, without credentials
 * </ul>
 */
@ExtendWith(SharedWarehouse.class)
class DatabricksConformanceTest {
    static final String USER = "awsuser";
    static final String PASSWORD = "Secret99";

    private static RedshiftStandIn redshift;

    @BeforeAll
    static void startRedshift() throws Exception {
        redshift = RedshiftStandIn.start(new RedshiftStandIn.Options(
                SharedWarehouse.newDirectory(),
                Path.of("target", "postgres-binaries").toAbsolutePath(),
                0,
                "dev",
                USER,
                PASSWORD,
                "http://127.0.0.1:1",
                "us-east-1",
                "none",
                "none",
                List.of("arn:aws:iam::123456789012:role/none")));
        try (Connection connection = SharedWarehouse.connect(JSON)) {
            SharedWarehouse.run(
                    connection,
                    "CREATE CONNECTION rs TYPE redshift OPTIONS (host '127.0.0.1', port '" + redshift.port()
                            + "', user '" + USER + "', password '" + PASSWORD + "')");
        }
    }

    @AfterAll
    static void stopRedshift() throws Exception {
        if (redshift != null) {
            try (Connection connection = SharedWarehouse.connect(JSON)) {
                SharedWarehouse.run(connection, "DROP CONNECTION rs");
            }
            redshift.close();
        }
    }

    static List<ConformanceRow> rows() throws IOException {
        return ConformanceTable.of("databricks");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void answersAsTheTableSays(ConformanceRow row) throws Exception {
        try (ConformanceRun run = new ConformanceRun(row, redshift.port())) {
            row.expected().check(run.outcome());
        }
    }
}
