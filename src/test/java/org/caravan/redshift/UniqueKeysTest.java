package org.caravan.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.KeyRule;
import org.caravan.ledger.Run;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.Storage;
import org.caravan.schema.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UniqueKeysTest {
    private static final TableName STAGING = new TableName("caravan_staging", "t__1");
    private static final Columns STAGED = new Columns(List.of(
            new Column("id", new ColumnType.Int(8), true),
            new Column("at", new ColumnType.Timestamp(ColumnType.Zone.INSTANT), true, Storage.UTC),
            new Column("ratio", new ColumnType.FloatingPoint(8), true),
            new Column("raw", new ColumnType.Binary(9), true, Storage.HEX),
            new Column("doc", new ColumnType.Super(), true, Storage.JSON_TEXT)));

    @Test
    void countsTheKeysThatStandInMoreThanOneRow() {
        assertThat(UniqueKeys.of(rule("id", "at"), STAGING, STAGED).counts().get(0))
                .isEqualTo(
                        "SELECT COUNT(*) FROM (SELECT COUNT(*) AS n FROM \"caravan_staging\".\"t__1\" GROUP BY \"id\","
                                + " \"at\" HAVING COUNT(*) > 1) AS doubled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ratio", "raw", "doc"})
    void refusesColumnsWhoseValuesCannotBeToldApart(String column) {
        assertThatThrownBy(() -> UniqueKeys.of(rule("id", column), STAGING, STAGED))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("The guard unique(id, " + column + ") is on the column '" + column + "'");
    }

    private static KeyRule rule(String... columns) {
        return new KeyRule() {
            @Override
            public List<String> columns() {
                return List.of(columns);
            }

            @Override
            public void broken(Run run, long keys, long rows, List<String> examples) {
                throw new AssertionError("Nobody was asked");
            }
        };
    }
}
