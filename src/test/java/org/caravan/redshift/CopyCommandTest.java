package org.caravan.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.caravan.format.ParquetDataFormat;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyCommandTest {
    private static final Columns COLUMNS = new Columns(List.of(
            new Column("order", new ColumnType.Int(8), true),
            new Column("it's \"q\"", new ColumnType.Timestamp(ColumnType.Zone.INSTANT), true)));

    @Test
    void namesEveryColumnAndTakesNoOptionThatParquetRefuses() {
        CopyCommand copy = new CopyCommand(
                new TableName("s", "t"),
                COLUMNS,
                "s3://b/m.json",
                "FORMAT AS PARQUET",
                "arn:aws:iam::123456789012:role/load");

        assertThat(copy.sql())
                .isEqualTo("COPY \"s\".\"t\" (\"order\", \"it's \"\"q\"\"\") FROM 's3://b/m.json' IAM_ROLE"
                        + " 'arn:aws:iam::123456789012:role/load' FORMAT AS PARQUET MANIFEST STATUPDATE OFF");
        assertThat(new CopyCommand(new TableName("s", "t"), COLUMNS, "m", "FORMAT AS PARQUET", "default").sql())
                .contains(" IAM_ROLE default ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default",
                "arn:aws:iam::123456789012:role/a",
                "arn:aws-cn:iam::123456789012:role/path/a",
                "arn:aws:iam::123456789012:role/a,arn:aws:iam::210987654321:role/b"
            })
    void acceptsRoles(String role) {
        assertThat(CopyCommand.problemWithRole(role)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "arn:aws:iam::12:role/a",
                "arn:aws:iam::123456789012:user/a",
                "arn:aws:iam::123456789012:role/a'; DROP TABLE t; --",
                "arn:aws:iam::123456789012:role/a,nonsense"
            })
    void refusesWhatIsNoRole(String role) {
        assertThat(CopyCommand.problemWithRole(role))
                .hasValueSatisfying(problem -> assertThat(problem).contains("redshift.copy.iam-role"));
    }

    @Test
    void stagesAnInstantAsItsUtcTimeAndMakesItOneAgain() {
        assertThat(RedshiftSql.definitions(
                        new ParquetDataFormat().fileFormat(COLUMNS).staged()))
                .isEqualTo("\"order\" BIGINT, \"it's \"\"q\"\"\" TIMESTAMP");
        assertThat(RedshiftSql.definitions(COLUMNS)).isEqualTo("\"order\" BIGINT, \"it's \"\"q\"\"\" TIMESTAMPTZ");
        assertThat(RedshiftSql.stagingToTarget(
                        new ParquetDataFormat().fileFormat(COLUMNS).staged()))
                .isEqualTo("\"order\", \"it's \"\"q\"\"\" AT TIME ZONE 'UTC'");
    }

    @Test
    void namesTheStagingTableWithinRedshiftsLimit() {
        Run run = new Run(RunId.at(Instant.EPOCH), "p".repeat(63), Instant.EPOCH);

        TableName staging = Loader.stagingTable("caravan_staging", run);

        assertThat(staging.table())
                .startsWith("p".repeat(63) + "__19700101t000000000_")
                .hasSizeLessThan(127);
    }
}
