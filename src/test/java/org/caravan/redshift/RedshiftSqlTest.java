package org.caravan.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.caravan.format.ParquetDataFormat;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RedshiftSqlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "order|\"order\"",
                "a b|\"a b\"",
                "a\"b|\"a\"\"b\"",
                "\"|\"\"\"\"",
                "ü|\"ü\"",
                "a\\b|\"a\\b\"",
                "a';--|\"a';--\""
            })
    void quotesEveryIdentifier(String name, String quoted) {
        assertThat(RedshiftSql.quoted(name)).isEqualTo(quoted);
    }

    @Test
    void quotesBothHalvesOfATablesName() {
        assertThat(RedshiftSql.quoted(new TableName("a.b", "c\"d"))).isEqualTo("\"a.b\".\"c\"\"d\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "s3://b/k|'s3://b/k'",
                "it's|'it''s'",
                "'|''''",
                "a\\b|'a\\\\b'",
                "\\'; DROP TABLE t; --|'\\\\''; DROP TABLE t; --'"
            })
    void writesLiteralsThatNobodyLeaves(String text, String literal) {
        assertThat(RedshiftSql.literal(text)).isEqualTo(literal);
    }

    static Stream<Arguments> types() {
        return Stream.of(
                arguments(new ColumnType.Bool(), "BOOLEAN", "BOOLEAN"),
                arguments(new ColumnType.Int(2), "SMALLINT", "SMALLINT"),
                arguments(new ColumnType.Int(4), "INTEGER", "INTEGER"),
                arguments(new ColumnType.Int(8), "BIGINT", "BIGINT"),
                arguments(new ColumnType.FloatingPoint(4), "REAL", "REAL"),
                arguments(new ColumnType.FloatingPoint(8), "DOUBLE PRECISION", "DOUBLE PRECISION"),
                arguments(new ColumnType.Decimal(38, 37), "DECIMAL(38,37)", "DECIMAL(38,37)"),
                arguments(new ColumnType.Text(65_535), "VARCHAR(65535)", "VARCHAR(65535)"),
                arguments(new ColumnType.Date(), "DATE", "DATE"),
                arguments(new ColumnType.Timestamp(ColumnType.Zone.LOCAL), "TIMESTAMP", "TIMESTAMP"),
                arguments(new ColumnType.Timestamp(ColumnType.Zone.INSTANT), "TIMESTAMPTZ", "TIMESTAMP"));
    }

    @ParameterizedTest(name = "{0} is {1}, staged as {2}")
    @MethodSource("types")
    void hasATypeForEachOfOurs(ColumnType type, String target, String staged) {
        Columns columns = new Columns(List.of(new Column("c", type, false)));

        assertThat(RedshiftSql.type(type)).isEqualTo(target);
        assertThat(RedshiftSql.definitions(columns)).isEqualTo("\"c\" " + target);
        assertThat(RedshiftSql.definitions(
                        new ParquetDataFormat().fileFormat(columns).staged()))
                .isEqualTo("\"c\" " + staged);
    }

    @Test
    void keepsTheColumnsOrder() {
        Columns columns = new Columns(List.of(
                new Column("b", new ColumnType.Int(8), true),
                new Column("a", new ColumnType.Timestamp(ColumnType.Zone.INSTANT), true)));

        assertThat(RedshiftSql.columnList(columns)).isEqualTo("\"b\", \"a\"");
        assertThat(RedshiftSql.stagingToTarget(
                        new ParquetDataFormat().fileFormat(columns).staged()))
                .isEqualTo("\"b\", \"a\" AT TIME ZONE 'UTC'");
    }
}
