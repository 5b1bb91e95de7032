package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.SourceColumn;
import org.caravan.schema.ValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextReaderTest {
    private static final String NULL = "(NULL)";

    private final List<String> altered = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        // Bytes of the limit, what fits between two characters.
        "abcdef, 5, abcde",
        "ab, 2, ab",
        "éé, 3, é",
        "日本, 5, 日",
        "日本, 2, ''",
        "a😀b, 4, a",
        "a😀b, 5, a😀",
        "'', 1, ''"
    })
    void cutsTextBetweenTwoCharactersIfAsked(String value, int bytes, String cut) throws SQLException {
        assertThat(read(bytes, OverflowRule.TRUNCATE, NulRule.FAIL, value)).isEqualTo(cut);
        assertThat(altered).hasSize(cut.equals(value) ? 0 : 1);
        assertThat(altered).allMatch("c onOverflow=truncate"::equals);
    }

    @ParameterizedTest
    @CsvSource({"REMOVE, ab, nul=remove", "REPLACE, a��b, nul=replace", "NULL, (NULL), nul=null"})
    void dealsWithNulCharactersAsAsked(NulRule rule, String text, String counted) throws SQLException {
        assertThat(read(100, OverflowRule.FAIL, rule, "a\0\0b")).isEqualTo(text);
        assertThat(read(100, OverflowRule.FAIL, rule, "ab")).isEqualTo("ab");
        assertThat(altered).containsExactly("c " + counted);
    }

    @Test
    void cutsWhatIsStillTooLongWithoutItsNulCharacters() throws SQLException {
        assertThat(read(2, OverflowRule.TRUNCATE, NulRule.REMOVE, "a\0bc")).isEqualTo("ab");
        assertThat(altered).containsExactlyInAnyOrder("c nul=remove", "c onOverflow=truncate");
    }

    @Test
    void refusesNulCharactersUnlessAsked() {
        for (OverflowRule rule : OverflowRule.values()) {
            assertThatThrownBy(() -> read(100, rule, NulRule.FAIL, "\0"))
                    .asInstanceOf(InstanceOfAssertFactories.type(ValueException.class))
                    .satisfies(e -> assertThat(e.mend())
                            .contains("Set columns.C.nul=remove, replace (by U+FFFD) or null, or change the SQL"))
                    .extracting(ValueException::getMessage)
                    .isEqualTo("holds a NUL character, which Redshift text cannot hold");
        }
        assertThat(altered).isEmpty();
    }

    @Test
    void refusesTextOfTooManyBytesAndNamesTheSettings() throws SQLException {
        String longest = "x".repeat(ColumnType.MAX_TEXT_BYTES);

        assertThat(read(ColumnType.MAX_TEXT_BYTES, OverflowRule.FAIL, NulRule.FAIL, longest))
                .isEqualTo(longest);
        assertThatThrownBy(() -> read(ColumnType.MAX_TEXT_BYTES, OverflowRule.FAIL, NulRule.FAIL, longest + "x"))
                .asInstanceOf(InstanceOfAssertFactories.type(ValueException.class))
                .satisfies(
                        e -> assertThat(e.mend())
                                .contains(
                                        "Set columns.C.onOverflow=truncate to cut it or null to make it NULL, or change the SQL"))
                .extracting(ValueException::getMessage)
                .isEqualTo("has 65536 bytes in UTF-8, more than the 65535 of its column");
        assertThatThrownBy(() -> read(3, OverflowRule.FAIL, NulRule.FAIL, "abcd"))
                .asInstanceOf(InstanceOfAssertFactories.type(ValueException.class))
                .satisfies(e -> assertThat(e.mend().orElseThrow())
                        .startsWith("Set columns.C.type=text(n) with n up to 65535, or columns.C.onOverflow=truncate"));
    }

    @Test
    void makesTextThatDoesNotFitNullIfAsked() throws SQLException {
        assertThat(read(2, OverflowRule.NULL, NulRule.FAIL, "abc")).isEqualTo(NULL);
        assertThat(read(100, OverflowRule.NULL, NulRule.FAIL, "\uD800")).isEqualTo(NULL);
        assertThat(altered).containsExactly("c onOverflow=null", "c onOverflow=null");
    }

    @Test
    void cutsNoTextThatIsNotValid() {
        assertThatThrownBy(() -> read(100, OverflowRule.TRUNCATE, NulRule.FAIL, "ab\uD800"))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("holds half a surrogate pair at character 3");
    }

    @Test
    void saysWhichBytesTheDriverCouldNotDecode() throws SQLException {
        byte[] latin = "caf\u00e9 au lait".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> read(undecodable(latin), OverflowRule.FAIL))
                .asInstanceOf(InstanceOfAssertFactories.type(ValueException.class))
                .satisfies(e -> assertThat(e.mend().orElseThrow()).contains("convert_from(…::bytea, 'LATIN1')"))
                .extracting(ValueException::getMessage)
                .isEqualTo("is not valid UTF-8: byte 4 of 12 begins with e9");
        assertThat(read(undecodable(latin), OverflowRule.NULL)).isEqualTo(NULL);
    }

    @Test
    void passesOtherErrorsOfTheDriverOn() {
        assertThatThrownBy(() -> read(undecodable("valid".getBytes(StandardCharsets.UTF_8)), OverflowRule.NULL))
                .isInstanceOf(SQLException.class);
    }

    private String read(int bytes, OverflowRule onOverflow, NulRule nul, String value) throws SQLException {
        Iterator<String> values = Arrays.asList(value).iterator();
        ResultSet rows = rows((getter) -> values.next());
        return read(rows, bytes, new ColumnOverride(Optional.empty(), Optional.empty(), onOverflow, nul));
    }

    private String read(ResultSet rows, OverflowRule onOverflow) throws SQLException {
        return read(rows, 100, new ColumnOverride(Optional.empty(), Optional.empty(), onOverflow, NulRule.FAIL));
    }

    private String read(ResultSet rows, int bytes, ColumnOverride override) throws SQLException {
        Column column = new Column("c", new ColumnType.Text(bytes), true);
        ReadColumn read = new ReadColumn(
                new SourceColumn("C", "text", column, Optional.empty(), Optional.empty()), Reading.TEXT, override);
        Batch batch = new Batch(new Columns(List.of(column)), 1);
        ColumnReaders.of(read, 1, (name, rule) -> altered.add(name + " " + rule))
                .read(rows, batch.vector(0), 0);
        return batch.vector(0).isNull(0) ? NULL : batch.bytes(0).text(0);
    }

    private static ResultSet undecodable(byte[] bytes) {
        return rows(getter -> {
            if (getter.equals("getBytes")) {
                return bytes;
            }
            throw new SQLException("Invalid UTF-8 sequence");
        });
    }

    @FunctionalInterface
    private interface Getters {
        Object get(String getter) throws SQLException;
    }

    private static ResultSet rows(Getters getters) {
        return (ResultSet) Proxy.newProxyInstance(
                TextReaderTest.class.getClassLoader(),
                new Class<?>[] {ResultSet.class},
                (proxy, method, arguments) -> getters.get(method.getName()));
    }
}
