package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.SourceColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadColumnsTest {
    private static final String NAME_OF_127_BYTES = "é".repeat(63) + "x";

    @Test
    void foldNamesAndTakeUnknownAsNullable() throws SQLException {
        List<SourceColumn> columns = columns(
                new Metadata()
                        .and("A", Types.INTEGER, "int4", 10, 0, ResultSetMetaData.columnNoNulls)
                        .and("B", Types.INTEGER, "int4", 10, 0, ResultSetMetaData.columnNullable)
                        .and("C", Types.INTEGER, "int4", 10, 0, ResultSetMetaData.columnNullableUnknown),
                "");

        assertThat(columns).extracting(SourceColumn::name).containsExactly("A", "B", "C");
        assertThat(columns).extracting(column -> column.column().name()).containsExactly("a", "b", "c");
        assertThat(columns).extracting(column -> column.column().nullable()).containsExactly(false, true, true);
    }

    @Test
    void sayWhatTheSourceCallsTheTypeHowItIsCarriedAndWhatMayBeLost() throws SQLException {
        List<SourceColumn> columns = columns(
                new Metadata()
                        .and("id", Types.INTEGER, "int4", 10, 0)
                        .and("amount", Types.NUMERIC, "numeric", 12, 2)
                        .and("code", Types.VARCHAR, "varchar", 12, 0)
                        .and("note", Types.VARCHAR, "text", Integer.MAX_VALUE, 0)
                        .and("span", Types.OTHER, "interval", 49, 6)
                        .and("data", Types.OTHER, "jsonb", Integer.MAX_VALUE, 0)
                        .and("more", Types.OTHER, "jsonb", Integer.MAX_VALUE, 0)
                        .and("big", Types.NUMERIC, "numeric", 0, 0),
                "note.onOverflow=truncate, note.nul=remove, more.type=super, big.type=text, amount.onOverflow=null");

        assertThat(columns)
                .extracting(SourceColumn::type)
                .containsExactly(
                        "int4", "numeric(12,2)", "varchar(12)", "text", "interval", "jsonb", "jsonb", "numeric");
        assertThat(columns)
                .extracting(column -> column.note().orElse(""))
                .containsExactly(
                        "",
                        "",
                        "",
                        "",
                        "as the text that PostgreSQL shows",
                        "as the text that PostgreSQL shows; columns.data.type=super makes it SUPER",
                        "",
                        "as the text by which the driver shows it");
        assertThat(columns)
                .extracting(column -> column.loss().orElse(""))
                .containsExactly(
                        "",
                        "a value that does not fit becomes NULL",
                        "",
                        "text of more than 65535 bytes is cut; NUL characters are left out",
                        "",
                        "",
                        "JSON keeps its meaning, not its blanks, the order of its names, names that are repeated, or more of a"
                                + " number than SUPER holds",
                        "");
        assertThat(columns.get(1).column().nullable()).isTrue();
    }

    @Test
    void takeTypesAndNamesFromTheRoute() throws SQLException {
        List<SourceColumn> columns = columns(
                new Metadata()
                        .and("Amount", Types.NUMERIC, "numeric", 0, 0)
                        .and("home town", Types.VARCHAR, "text", 0, 0)
                        .and("a", Types.INTEGER, "int4", 0, 0)
                        .and("A", Types.INTEGER, "int4", 0, 0),
                "amount.type=decimal(38,18), \"home town\".rename=Home_Town, A.rename=b");

        assertThat(columns)
                .extracting(column -> column.column().toString())
                .satisfiesExactly(
                        one -> assertThat(one).contains("name=amount, type=decimal(38,18)"),
                        two -> assertThat(two).contains("name=home_town, type=text(65535 bytes)"),
                        three -> assertThat(three).contains("name=a,"),
                        four -> assertThat(four).contains("name=b,"));
    }

    @Test
    void reportAllProblemsTogether() {
        Metadata metadata = new Metadata()
                .and("a", Types.NUMERIC, "numeric", 0, 0)
                .and("b", Types.INTEGER, "int4", 10, 0)
                .and("B", Types.INTEGER, "int4", 10, 0)
                .and("c", Types.BINARY, "bytea", 0, 0)
                .and("", Types.INTEGER, "int4", 10, 0);

        assertThatThrownBy(() -> columns(metadata, "c.type=text, amont.type=date"))
                .asInstanceOf(InstanceOfAssertFactories.type(CaravanException.class))
                .satisfies(e -> assertThat(e.category()).isEqualTo(Category.SOURCE))
                .extracting(CaravanException::getMessage)
                .asString()
                .startsWith("The query's result cannot be carried as it is: ")
                .contains(
                        "column 1 'a': a number without a precision has no fixed size; set columns.a.type=decimal(38,18)")
                .contains(
                        "columns 2 and 3 are both named 'b' in lower case; set columns.B.rename or give one another alias in the SQL")
                .contains(
                        "column 4 'c': columns.c.type=text(65535 bytes) cannot be read from bytea, which is binary and can"
                                + " be read as binary; cast it in the SQL")
                .contains("column 5 '': A column must have a name")
                .contains("the settings columns.amont.… are for a column that the query has not; it has 'a',")
                .doesNotContain("column 2 'b'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n.onOverflow=truncate|columns.n.onOverflow=truncate cuts text, but the column is integer",
                "n.nul=remove|columns.n.nul is for NUL characters in text, but the column is integer",
                "n.type=date|columns.n.type=date cannot be read from int4, which is an integer and can be read as smallint",
                "n.type=double precision|cannot be read from int4",
                "t.type=integer|cannot be read from text, which is text and can be read as text and super",
                "l.type=timestamptz|cannot be read from timestamp, which is a local date and time",
                "i.type=timestamp|cannot be read from timestamptz, which is a point in time",
                "d.type=real|cannot be read from float8",
                "d.type=decimal(38,10)|cannot be read from float8",
                "N.type=bigint, n.type=bigint|are for 'n', for which there are others in another case",
                "same.type=bigint|may be for any of [Same, SAME]; write the name as the query does"
            })
    void refuseSettingsThatDoNotSuitTheirColumn(String settings, String message) {
        Metadata metadata = new Metadata()
                .and("n", Types.INTEGER, "int4", 10, 0)
                .and("t", Types.VARCHAR, "text", 0, 0)
                .and("l", Types.TIMESTAMP, "timestamp", 0, 0)
                .and("i", Types.TIMESTAMP, "timestamptz", 0, 0)
                .and("d", Types.DOUBLE, "float8", 0, 0)
                .and("Same", Types.INTEGER, "int4", 10, 0)
                .and("SAME", Types.INTEGER, "int4", 10, 0);

        assertThatThrownBy(() -> columns(metadata, "Same.rename=s," + settings)).hasMessageContaining(message);
    }

    @Test
    void refuseNamesThatAreEqual() {
        Metadata metadata =
                new Metadata().and("id", Types.INTEGER, "int4", 10, 0).and("id", Types.INTEGER, "int4", 10, 0);

        assertThatThrownBy(() -> columns(metadata, ""))
                .hasMessageContaining(
                        "columns 1 and 2 are both named 'id' in lower case; give one another alias in the SQL");
    }

    @Test
    void refuseNamesThatRedshiftWouldCut() throws SQLException {
        Metadata longest = new Metadata().and(NAME_OF_127_BYTES, Types.INTEGER, "int4", 10, 0);
        Metadata tooLong = new Metadata().and(NAME_OF_127_BYTES + "y", Types.INTEGER, "int4", 10, 0);

        assertThat(columns(longest, "")).hasSize(1);
        assertThatThrownBy(() -> columns(tooLong, ""))
                .hasMessageContaining("column 1 has a name of 128 bytes, '" + NAME_OF_127_BYTES
                        + "y', which Redshift cuts to 127; set columns." + NAME_OF_127_BYTES + "y.rename");
        assertThat(ReadColumns.of(
                        tooLong.metadata(),
                        new PostgresTypes(),
                        ColumnOverrides.parse(Map.of(NAME_OF_127_BYTES + "y.rename", "short"), "")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"select", "'two words'", "a.b", "\"q\"\"uoted\"", "😀", "ÄÖ", "'naïve%'"})
    void takeNamesOfAnyCharacters(String name) throws SQLException {
        assertThat(columns(new Metadata().and(name, Types.INTEGER, "int4", 10, 0), ""))
                .hasSize(1);
    }

    @Test
    void areAtMost1600() throws SQLException {
        Metadata metadata = new Metadata();
        for (int i = 0; i < 1600; i++) {
            metadata.and("c" + i, Types.SMALLINT, "int2", 5, 0);
        }

        assertThat(columns(metadata, "")).hasSize(1600);
        metadata.and("one_more", Types.SMALLINT, "int2", 5, 0);
        assertThatThrownBy(() -> columns(metadata, ""))
                .hasMessageContaining("it has 1601 columns, more than the 1600 of a Redshift table");
    }

    @Test
    void areAtLeastOne() {
        assertThatThrownBy(() -> columns(new Metadata(), "")).hasMessageContaining("it has no columns");
    }

    private static List<SourceColumn> columns(Metadata metadata, String settings) throws SQLException {
        return ReadColumns.of(metadata.metadata(), new PostgresTypes(), ColumnOverrides.parse(Map.of(), settings))
                .stream()
                .map(ReadColumn::source)
                .toList();
    }
}
