package org.caravan.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    private static final ColumnType.Text WIDEST = new ColumnType.Text(ColumnType.MAX_TEXT_BYTES);

    private final Utf8 utf8 = new Utf8();
    private final BytesVector vector = vector(0x1100);

    @Test
    void writesEveryCharacterOfEveryPlaneAsJavaDoes() {
        for (int from = 0; from <= Character.MAX_CODE_POINT; from += 0x1000) {
            StringBuilder text = new StringBuilder();
            for (int point = from; point < from + 0x1000; point++) {
                if (point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)) {
                    text.appendCodePoint(point);
                }
            }

            assertThat(utf8.append(text.toString(), vector, 0, WIDEST))
                    .as("from U+%X", from)
                    .isEmpty();

            assertThat(bytes(0)).as("from U+%X", from).isEqualTo(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\uD83D|1",
                "ab\\uD83D|3",
                "\\uDE00\\uD83D|1",
                "\\uD83D\\uD83D\\uDE00|1",
                "a\\uDE00b|2",
                "\\uD83Dx|1"
            })
    void refusesHalfASurrogatePair(String escaped, int position) {
        String text = unescape(escaped);

        assertThat(utf8.append(text, vector, 0, WIDEST))
                .contains("holds half a surrogate pair at character " + position + ", which is not valid text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "ab\0", "\0ab", "é\0"})
    void refusesNul(String text) {
        assertThat(utf8.append(text, vector, 0, WIDEST))
                .contains("holds a NUL character, which Redshift text cannot hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abcdefgh", "éééé", "€€ab", "😀😀", "😀é€a"})
    void boundsTextByItsBytes(String text) {
        int size = text.getBytes(StandardCharsets.UTF_8).length;

        assertThat(utf8.append(text, vector, 0, new ColumnType.Text(size))).isEmpty();
        assertThat(utf8.append(text, vector, 0, new ColumnType.Text(size - 1)))
                .contains("has " + size + " bytes in UTF-8, more than the " + (size - 1) + " of its column");
    }

    @Test
    void takesTheLongestVarcharAndNotAByteMore() {
        String longest = "x".repeat(65_535);

        assertThat(utf8.append(longest, vector, 0, WIDEST)).isEmpty();
        assertThat(vector.length(0)).isEqualTo(65_535);
        assertThat(utf8.append(longest + "x", vector, 0, WIDEST))
                .contains("has 65536 bytes in UTF-8, more than the 65535 of its column");
    }

    @Test
    void keepsTheEmptyTextAndBlanks() {
        assertThat(utf8.append("", vector, 0, WIDEST)).isEqualTo(Optional.empty());
        assertThat(utf8.append(" a ", vector, 1, WIDEST)).isEmpty();

        assertThat(vector.isNull(0)).isFalse();
        assertThat(vector.text(0)).isEmpty();
        assertThat(vector.text(1)).isEqualTo(" a ");
    }

    private byte[] bytes(int row) {
        return java.util.Arrays.copyOfRange(vector.data(), vector.start(row), vector.start(row) + vector.length(row));
    }

    private static BytesVector vector(int rows) {
        return new Batch(new Columns(List.of(new Column("t", WIDEST, true))), rows).bytes(0);
    }

    /** JUnit's display names and reports cannot hold half a pair. */
    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\u", i)) {
                plain.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }

    @Test
    void fitsAsManyWholeCharactersAsThereAreBytesFor() {
        String text = "aé日😀";

        assertThat(IntStream.rangeClosed(0, 11).mapToObj(bytes -> Utf8.fitting(text, bytes)))
                .containsExactly("", "a", "a", "aé", "aé", "aé", "aé日", "aé日", "aé日", "aé日", text, text);
        assertThat(Utf8.fitting(text, 10)).isSameAs(text);
    }
}
