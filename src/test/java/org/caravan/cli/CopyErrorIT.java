package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.caravan.ledger.Runs;
import org.caravan.ledger.StagedPart;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A COPY that fails says in which part, line, row and column, what stands there, and leaves the target alone. */
public class CopyErrorIT {
    private static final String SQL =
            "SELECT id::int AS id, ('name ' || id)::varchar(20) AS name, (id * 20)::int AS score"
                    + " FROM generate_series(1, 9) id";

    @TempDir
    private Path directory;

    /** Changes a part behind Caravan's back; it stays as long as the manifest says. */
    public static final class Spoil implements Processor {
        @Override
        public void process(Exchange exchange) {
            S3Client s3 = exchange.getContext()
                    .getRegistry()
                    .findByType(S3Client.class)
                    .iterator()
                    .next();
            StagedPart part = Runs.find(exchange).orElseThrow().parts().get(1);
            String bucket = SharedSandbox.settings().getProperty("staging.bucket");
            byte[] bytes = s3.getObjectAsBytes(get -> get.bucket(bucket).key(part.key()))
                    .asByteArray();
            String text = new String(bytes, StandardCharsets.ISO_8859_1)
                    .replace(",100", ",abc")
                    .replace(":100}", ":\"x\"}")
                    .replace("PAR1", "PAR?");
            s3.putObject(
                    put -> put.bucket(bucket).key(part.key()),
                    RequestBody.fromBytes(text.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    /** The parts hold four rows each; row 5 of the query is the first of part 2. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "csv     | part-00002.csv   | line 2, which is row 5 of the query's result",
                "jsonl   | part-00002.jsonl | line 1, which is row 5 of the query's result",
                "parquet | part-00002.parquet | part 2 of 3, rows 5 to 8 of the query's result"
            })
    void tellsPartLineRowColumnAndValue(String format, String part, String where) throws Exception {
        String name = "copy_error_" + format;
        Files.writeString(directory.resolve(name + ".sql"), SQL);
        Files.writeString(
                directory.resolve(name + ".camel.yaml"),
                """
                - beans:
                    - name: spoil
                      type: org.caravan.cli.CopyErrorIT$Spoil
                - route:
                    id: NAME
                    from:
                      uri: timer:NAME
                      steps:
                        - to: caravan-query:NAME?dataSource=source&sql=file:{{caravan.routes}}/NAME.sql
                        - to: caravan-stage:parts?bucket={{staging.bucket}}&prefix={{staging.prefix}}&maxRows=4
                        - split:
                            simple: "${body}"
                            streaming: true
                            steps:
                              - marshal: { custom: { ref: FORMAT } }
                              - to: caravan-stage:part
                              - to: aws2-s3:{{staging.bucket}}
                        - to: caravan-stage:manifest?bucket={{staging.bucket}}&prefix={{staging.prefix}}
                        - marshal: { json: { library: Jackson } }
                        - to: aws2-s3:{{staging.bucket}}
                        - process: { ref: spoil }
                        - to: caravan-redshift:load
                """
                        .replace("NAME", name)
                        .replace("FORMAT", format));

        SharedSandbox.Call call = SharedSandbox.call(
                "run",
                name,
                "--json",
                "--routes",
                directory.toString(),
                "--config",
                SharedSandbox.config().toString());

        assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(6);
        String message =
                new ObjectMapper().readTree(call.out()).at("/error/message").asText();
        assertThat(message)
                .contains(part, where, "find out who changed this one")
                .doesNotContain("\n");
        if (!format.equals("parquet")) {
            assertThat(message).contains("column 'score'", "The value there is '", "The line reads: ", "name 5");
        }
        try (Connection redshift = SharedSandbox.redshift()) {
            assertThat(SharedSandbox.query(
                            redshift,
                            "select 1 from information_schema.tables where table_name like '" + name + "__2%'"))
                    .isEqualTo(List.of());
        }
    }
}
