package org.caravan.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CopyLineTest {
    private static final String NULL = "<null>";

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("\n", List.of("")),
                Arguments.of("\t\n", List.of("", "")),
                Arguments.of("\\N\n", List.of(NULL)),
                Arguments.of("\\N\t\\N\n", List.of(NULL, NULL)),
                Arguments.of("a\t\\N\tb\n", List.of("a", NULL, "b")),
                Arguments.of("\\\\N\t\\\\\\N\n", List.of("\\N", "\\N")),
                Arguments.of("x\\\\\ty\n", List.of("x\\", "y")),
                Arguments.of("\\t\\n\\r\\b\\f\\v\\\\\n", List.of("\t\n\r\b\f\u000b\\")),
                Arguments.of("a\\tb\tc\\nd\n", List.of("a\tb", "c\nd")),
                Arguments.of("N\tab\\tcd\t\n", List.of("N", "ab\tcd", "")),
                Arguments.of("é☃😀\\\\\tß\n", List.of("é☃😀\\", "ß")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void takesALineApart(String text, List<String> fields) {
        assertThat(fields(text, fields.size())).isEqualTo(fields);
    }

    @Test
    void takesApartWhatItsServerEscapes() {
        Random random = new Random(1);
        char[] alphabet = "\\\\\t\n\r\b\f\u000bNnrtbvab .é☃".toCharArray();
        for (int i = 0; i < 20_000; i++) {
            List<String> fields = new ArrayList<>();
            StringBuilder line = new StringBuilder();
            for (int field = 0; field <= random.nextInt(4); field++) {
                StringBuilder value = new StringBuilder();
                for (int length = random.nextInt(6); length > 0; length--) {
                    value.append(alphabet[random.nextInt(alphabet.length)]);
                }
                boolean isNull = random.nextInt(5) == 0;
                fields.add(isNull ? NULL : value.toString());
                line.append(field == 0 ? "" : "\t").append(isNull ? "\\N" : escaped(value.toString()));
            }
            assertThat(fields(line + "\n", fields.size())).as(line.toString()).isEqualTo(fields);
        }
    }

    @Test
    void seesThatTheNumberOfFieldsIsAnother() {
        for (String text :
                List.of("a\n", "a\tb\tc\n", "a\tb\t\n", "\\N\n", "\\N\t\\N\t\\N\n", "\\\\\t\\\\\t\\\\\n", "")) {
            assertThat(new CopyLine(2).split(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isFalse();
        }
    }

    /** The escapes of PostgreSQL's CopyAttributeOutText. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\b", "\\b")
                .replace("\f", "\\f")
                .replace("\u000b", "\\v");
    }

    private static List<String> fields(String text, int count) {
        CopyLine line = new CopyLine(count);
        assertThat(line.split(text.getBytes(StandardCharsets.UTF_8))).isTrue();
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fields.add(
                    line.isNull(i)
                            ? NULL
                            : new String(
                                    line.data(), line.start(i), line.end(i) - line.start(i), StandardCharsets.UTF_8));
        }
        return fields;
    }
}
