package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random rows of random types arrive with the digest they left with, and one small change to them is always seen. */
class RandomTablesIT {
    private static final int COLUMNS = 18;

    @TempDir
    private Path routes;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | parquet | UPDATE STAGED SET label = 'abcZ' WHERE id = 2",
                "2 | csv | DELETE FROM STAGED WHERE id = 17",
                "3 | avro | INSERT INTO STAGED SELECT * FROM STAGED WHERE id = 5",
                "4 | jsonl | UPDATE STAGED SET id = 50 - id WHERE id IN (20, 30)",
                "5 | csv | UPDATE STAGED SET label = NULL WHERE id = 3",
                "6 | parquet | UPDATE STAGED SET seen_at = DATEADD(hour, 1, seen_at) WHERE id = 9"
            })
    void arrivesUnchangedAndNoChangeIsMissed(long seed, String format, String change) throws Exception {
        TestPipeline pipeline = TestPipeline.of("random_" + seed, new RandomQuery(seed).sql(COLUMNS))
                .with("format", format);

        pipeline.run(routes, RandomQuery.ROWS, COLUMNS + 3);

        SharedSandbox.Call call = pipeline.tampered(List.of(change)).call(routes);
        assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(7);
        assertThat(call.out()).contains("is not what was queried");
    }

    @ParameterizedTest
    @CsvSource({
        "1, csv", "1, avro", "1, jsonl", "2, parquet", "2, avro", "2, jsonl", "3, parquet", "3, csv", "3, jsonl",
        "4, parquet", "4, csv", "4, avro", "5, parquet", "5, avro", "5, jsonl", "6, csv", "6, avro", "6, jsonl"
    })
    void arrivesUnchangedInEveryFormat(long seed, String format) throws Exception {
        TestPipeline.of("random_" + seed, new RandomQuery(seed).sql(COLUMNS))
                .with("format", format)
                .run(routes, RandomQuery.ROWS, COLUMNS + 3);
    }
}
