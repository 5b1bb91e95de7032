package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CsvOptionsTest {
    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong(b -> b.delimiter('a'), "delimiter must be one ASCII character", "'a' (U+0061)"),
                wrong(b -> b.delimiter('-'), "delimiter must be", "'-'"),
                wrong(b -> b.delimiter('\n'), "delimiter must be", "U+000A"),
                wrong(b -> b.delimiter('é'), "delimiter must be", "U+00E9"),
                wrong(b -> b.quote(','), "delimiter and quote are both ','", "different"),
                wrong(b -> b.quote('0'), "quote must be", "'0'"),
                wrong(b -> b.escape(Optional.of('\\')), "escape='\\' needs quoting=none", "MINIMAL"),
                wrong(
                        b -> b.quoting(Quoting.NONE).escape(Optional.of(',')),
                        "delimiter and escape are both ','",
                        "different"),
                wrong(b -> b.nullText("a,b"), "nullText must be printable ASCII", "'a,b'"),
                wrong(b -> b.nullText(" x"), "nullText must be", "white space"),
                wrong(b -> b.nullText("0"), "nullText must not look like a number", "'0'"),
                wrong(b -> b.nullText("NaN"), "nullText must not look like", "'NaN'"),
                wrong(b -> b.nullText("TRUE"), "nullText must not look like", "'TRUE'"),
                wrong(b -> b.level(3), "level=3 does not fit compression=NONE", "leave it out"),
                wrong(b -> b.compression(Compression.GZIP).level(10), "level=10", "1 to 9"),
                wrong(b -> b.maxRowBytes(0), "maxRowBytes must be between 1", "not 0"));
    }

    private static Arguments wrong(UnaryOperator<CsvOptions.Builder> change, String what, String more) {
        return Arguments.of(change, what, more);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysWhatIsWrong(UnaryOperator<CsvOptions.Builder> change, String what, String more) {
        assertThatThrownBy(() -> change.apply(CsvOptions.builder()).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(what)
                .hasMessageContaining(more);
    }

    @Test
    void hasDefaultsThatCopyLoads() {
        assertThat(CsvOptions.defaults())
                .isEqualTo(new CsvOptions(
                        new TextOptions(
                                Compression.NONE, 0, NulRule.REFUSE, NonFinite.TEXT, InstantForm.OFFSET, 4_000_000),
                        ',',
                        '"',
                        Quoting.MINIMAL,
                        Optional.empty(),
                        LineEnd.LF,
                        CsvOptions.Header.NAMES,
                        "<NULL>"));
    }
}
