package org.caravan.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaDiffTest {
    private static final Map<String, ColumnType> TYPES = Map.of(
            "SMALLINT", new ColumnType.Int(2),
            "INTEGER", new ColumnType.Int(4),
            "BIGINT", new ColumnType.Int(8),
            "VARCHAR(20)", new ColumnType.Text(20),
            "VARBYTE(20)", new ColumnType.Binary(20),
            "DECIMAL(12,2)", new ColumnType.Decimal(12, 2),
            "TIMESTAMP", new ColumnType.Timestamp(ColumnType.Zone.LOCAL),
            "DATE", new ColumnType.Date());

    @ParameterizedTest(name = "a target of {0} for {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "bigint                      | INTEGER       | fits",
                "integer                     | BIGINT        | widen",
                "smallint                    | INTEGER       | widen",
                "character varying(20)       | VARCHAR(20)   | fits",
                "character varying(99)       | VARCHAR(20)   | fits",
                "character varying(19)       | VARCHAR(20)   | widen",
                "character(19)               | VARCHAR(20)   | replace",
                "binary varying(19)          | VARBYTE(20)   | widen",
                "character varying(19)       | VARBYTE(20)   | replace",
                "numeric(12,2)               | DECIMAL(12,2) | fits",
                "numeric(10,2)               | DECIMAL(12,2) | widen",
                "numeric(10,0)               | DECIMAL(12,2) | widen",
                "numeric(11,0)               | DECIMAL(12,2) | replace",
                "numeric(12,3)               | DECIMAL(12,2) | replace",
                "numeric(18,2)               | DECIMAL(12,2) | replace",
                "integer                     | DECIMAL(12,2) | replace",
                "integer                     | VARCHAR(20)   | replace",
                "timestamp without time zone | TIMESTAMP     | fits",
                "timestamp with time zone    | TIMESTAMP     | replace",
                "timestamp without time zone | DATE          | replace"
            })
    void tellsWhatAColumnTakes(String found, String result, String takes) {
        SchemaDiff diff = diff(Map.of("a", found), new Column("a", TYPES.get(result), true));

        if (takes.equals("fits")) {
            assertThat(diff.isEmpty()).isTrue();
        } else {
            assertThat(diff.text())
                    .isEqualTo(
                            "'a' is " + found + ", the result's is " + result + " (takes schemaChange=" + takes + ")");
        }
    }

    @ParameterizedTest(name = "{0} refuses {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "freeze      | new wider other gone",
                "add         | wider other gone",
                "widen       | new other gone",
                "add,widen   | other gone",
                "Widen , ADD | other gone",
                "replace     | ''"
            })
    void refusesWhatIsNotAllowed(String text, String refused) {
        SchemaDiff diff = diff(
                Map.of("wider", "integer", "other", "date", "gone", "integer"),
                new Column("new", new ColumnType.Int(4), true),
                new Column("wider", new ColumnType.Int(8), true),
                new Column("other", new ColumnType.Int(8), true));

        assertThat(String.join(
                        " ",
                        diff.refused(SchemaChange.of(text)).stream()
                                .map(difference -> difference.text().replaceAll("[^']*'([a-z]+)'.*", "$1"))
                                .toList()))
                .isEqualTo(refused);
    }

    @Test
    void knowsWhichPoliciesThereAre() {
        assertThat(SchemaChange.of("Widen, add").text()).isEqualTo("add,widen");
        assertThat(SchemaChange.of("freeze").text()).isEqualTo("freeze");
        for (String wrong : List.of("", "freez", "freeze,add", "add;widen")) {
            assertThatThrownBy(() -> SchemaChange.of(wrong))
                    .hasMessageContaining("must be freeze, or add, widen or both")
                    .hasMessageEndingWith("not '" + wrong + "'");
        }
        assertThatThrownBy(() -> SchemaChange.of("add,replace")).hasMessageContaining("replace stands alone");
    }

    private static SchemaDiff diff(Map<String, String> found, Column... result) {
        return SchemaDiff.of(new Columns(List.of(result)), found);
    }
}
