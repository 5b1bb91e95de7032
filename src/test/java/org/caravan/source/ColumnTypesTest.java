package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.Column;
import org.caravan.schema.Columns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnTypesTest {
    static Stream<Arguments> carried() {
        return Stream.of(
                arguments(Types.BOOLEAN, "boolean", 1, 0, "boolean"),
                arguments(Types.BIT, "bool", 1, 0, "boolean"),
                arguments(Types.BIT, "bit", 1, 0, "boolean"),
                arguments(Types.TINYINT, "tinyint", 3, 0, "smallint"),
                arguments(Types.SMALLINT, "int2", 5, 0, "smallint"),
                arguments(Types.INTEGER, "int4", 10, 0, "integer"),
                arguments(Types.BIGINT, "int8", 19, 0, "bigint"),
                arguments(Types.REAL, "float4", 8, 8, "real"),
                arguments(Types.FLOAT, "float", 17, 17, "double precision"),
                arguments(Types.DOUBLE, "float8", 17, 17, "double precision"),
                arguments(Types.NUMERIC, "numeric", 1, 0, "decimal(1,0)"),
                arguments(Types.NUMERIC, "numeric", 18, 18, "decimal(18,18)"),
                arguments(Types.DECIMAL, "decimal", 38, 0, "decimal(38,0)"),
                arguments(Types.NUMERIC, "numeric", 38, 37, "decimal(38,37)"),
                arguments(Types.CHAR, "bpchar", 1, 0, "text(4 bytes)"),
                arguments(Types.VARCHAR, "varchar", 10, 0, "text(40 bytes)"),
                arguments(Types.VARCHAR, "varchar", 16_383, 0, "text(65532 bytes)"),
                arguments(Types.VARCHAR, "varchar", 16_384, 0, "text(65535 bytes)"),
                arguments(Types.VARCHAR, "text", Integer.MAX_VALUE, 0, "text(65535 bytes)"),
                arguments(Types.VARCHAR, "text", 0, 0, "text(65535 bytes)"),
                arguments(Types.LONGVARCHAR, "longtext", -1, 0, "text(65535 bytes)"),
                arguments(Types.NCHAR, "nchar", 2, 0, "text(8 bytes)"),
                arguments(Types.NVARCHAR, "nvarchar", 2, 0, "text(8 bytes)"),
                arguments(Types.LONGNVARCHAR, "ntext", 0, 0, "text(65535 bytes)"),
                arguments(Types.OTHER, "uuid", 0, 0, "text(36 bytes)"),
                arguments(Types.DATE, "date", 13, 0, "date"),
                arguments(Types.TIMESTAMP, "timestamp", 29, 6, "timestamp"),
                arguments(Types.TIMESTAMP, "timestamptz", 35, 6, "timestamptz"),
                arguments(Types.TIMESTAMP_WITH_TIMEZONE, "timestamp with time zone", 35, 6, "timestamptz"));
    }

    @ParameterizedTest(name = "{0} {1}({2},{3}) is {4}")
    @MethodSource("carried")
    void carriesWhatItCanHoldUnchanged(int type, String typeName, int precision, int scale, String ours)
            throws SQLException {
        Columns columns = ColumnTypes.of(
                new Metadata().and("c", type, typeName, precision, scale).metadata());

        assertThat(columns.get(0).type()).hasToString(ours);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(Types.BIT, "bit", 8, 0, "type bit cannot be carried yet"),
                arguments(Types.DOUBLE, "money", 0, 0, "type money is not read exactly; cast it to numeric(p,s)"),
                arguments(Types.NUMERIC, "numeric", 0, 0, "numeric without a precision has no fixed size"),
                arguments(Types.NUMERIC, "numeric", 39, 0, "numeric(39,0) is outside Redshift's 38 digits"),
                arguments(Types.NUMERIC, "numeric", 38, 38, "numeric(38,38) is outside Redshift's 38 digits"),
                arguments(Types.NUMERIC, "numeric", 5, -2, "numeric(5,-2) is outside Redshift's 38 digits"),
                arguments(Types.NUMERIC, "numeric", 3, 5, "numeric(3,5) is outside Redshift's 38 digits"),
                arguments(Types.BINARY, "bytea", 0, 0, "type bytea cannot be carried yet; cast it"),
                arguments(Types.ARRAY, "_int4", 0, 0, "type _int4 cannot be carried yet"),
                arguments(Types.OTHER, "JSONB", 0, 0, "type jsonb cannot be carried yet"),
                arguments(Types.OTHER, "interval", 0, 0, "type interval cannot be carried yet"),
                arguments(Types.TIME, "time", 15, 6, "type time cannot be carried yet"),
                arguments(Types.SQLXML, "xml", 0, 0, "type xml cannot be carried yet"));
    }

    @ParameterizedTest(name = "{0} {1}({2},{3})")
    @MethodSource("refused")
    void refusesWhatItCannotHoldAndNamesTheColumn(int type, String typeName, int precision, int scale, String message) {
        Metadata metadata = new Metadata().and("Price", type, typeName, precision, scale);

        assertThatThrownBy(() -> ColumnTypes.of(metadata.metadata()))
                .asInstanceOf(InstanceOfAssertFactories.type(CaravanException.class))
                .satisfies(e -> assertThat(e.category()).isEqualTo(Category.SOURCE))
                .extracting(CaravanException::getMessage)
                .asString()
                .contains("column 1 'Price': " + message);
    }

    @Test
    void reportsAllProblemsTogether() {
        Metadata metadata = new Metadata()
                .and("a", Types.NUMERIC, "numeric", 0, 0)
                .and("b", Types.INTEGER, "int4", 10, 0)
                .and("c", Types.BINARY, "bytea", 0, 0)
                .and("", Types.INTEGER, "int4", 10, 0);

        assertThatThrownBy(() -> ColumnTypes.of(metadata.metadata()))
                .hasMessageContaining("column 1 'a': numeric without")
                .hasMessageContaining("column 3 'c': type bytea")
                .hasMessageContaining("column 4 '': A column must have a name")
                .hasMessageNotContaining("column 2");
    }

    @Test
    void refusesNamesThatAreEqualOnceFolded() {
        Metadata metadata =
                new Metadata().and("Id", Types.INTEGER, "int4", 10, 0).and("ID", Types.INTEGER, "int4", 10, 0);

        assertThatThrownBy(() -> ColumnTypes.of(metadata.metadata()))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("Columns 1 and 2 are both named 'id' in lower case");
    }

    @Test
    void foldsNamesAndTakesUnknownAsNullable() throws SQLException {
        Columns columns = ColumnTypes.of(new Metadata()
                .and("A", Types.INTEGER, "int4", 10, 0, ResultSetMetaData.columnNoNulls)
                .and("B", Types.INTEGER, "int4", 10, 0, ResultSetMetaData.columnNullable)
                .and("C", Types.INTEGER, "int4", 10, 0, ResultSetMetaData.columnNullableUnknown)
                .metadata());

        assertThat(columns).extracting(Column::name).containsExactly("a", "b", "c");
        assertThat(columns).extracting(Column::nullable).containsExactly(false, true, true);
    }
}
