package org.caravan.source.watermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.caravan.ledger.Increment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatermarkTest {
    @Test
    void readsNoIncrementsUnlessTold() {
        assertThat(Watermark.parse("", "", "", "", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, 10m, 2020-01-01T02:00:00+02:00, timestamptz, 600000",
                "timestamptz, 0, 2020-01-01T00:00:00Z, timestamptz, 0",
                "timestamp, 2h, 2020-01-01 00:00:00, timestamp, 7200000",
                "date, 3d, 2020-01-01, date, 3",
                "bigint, 1000, 0, bigint, 1000"
            })
    void readsEveryType(String type, String lag, String start, String label, long units) {
        Watermark watermark = Watermark.parse("updated_at", type == null ? "" : type, lag, start, "")
                .orElseThrow();

        assertThat(watermark.type().label()).isEqualTo(label);
        assertThat(watermark.lag()).isEqualTo(units);
        assertThat(watermark.name()).isEqualTo("updated_at");
        assertThat(watermark.modes()).isEqualTo(Increment.Modes.SAFE);
        Object expected =
                switch (watermark.type()) {
                    case TIMESTAMPTZ -> OffsetDateTime.parse("2020-01-01T00:00:00Z");
                    case TIMESTAMP -> LocalDateTime.parse("2020-01-01T00:00:00");
                    case DATE -> LocalDate.parse("2020-01-01");
                    case BIGINT -> 0L;
                };
        assertThat(watermark.start().value()).isEqualTo(expected);
        assertThat(watermark.planned().overlap())
                .isEqualTo(units > 0 ? Increment.Overlap.SOME : Increment.Overlap.NONE);
    }

    @Test
    void takesAQueryForTheUpperBound() {
        Watermark watermark = Watermark.parse("select max(id) + 1 from orders", "bigint", "", "0", "any")
                .orElseThrow();

        assertThat(watermark.isQuery()).isTrue();
        assertThat(watermark.name()).isEqualTo("query");
        assertThat(watermark.column()).isEmpty();
        assertThat(watermark.modes()).isEqualTo(Increment.Modes.ANY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''         | ''        | 10m | ''                   | ''   | watermarkLag means nothing without watermark",
                "updated_at | ''        | ''  | ''                   | ''   | needs watermarkStart, where the first run begins, such as watermarkStart=2020-01-01T00:00:00Z",
                "id         | bigint    | ''  | ''                   | ''   | such as watermarkStart=0",
                "name       | text      | ''  | a                    | ''   | text cannot tell what is new",
                "id         | bigint    | 10m | 0                    | ''   | watermarkLag of watermarkType=bigint is a number such as 1000, or 0, not '10m'",
                "day        | date      | 10m | 2020-01-01           | ''   | whole days such as 2d",
                "updated_at | ''        | 10  | 2020-01-01T00:00:00Z | ''   | a duration such as 10m or 2h",
                "updated_at | ''        | ''  | 2020-01-01           | ''   | watermarkStart: '2020-01-01' is no timestamptz",
                "updated_at | ''        | ''  | 2020-01-01T00:00:00Z | some | watermarkModes must be safe or any, not 'some'"
            })
    void namesWhatIsWrong(String what, String type, String lag, String start, String modes, String said) {
        assertThatThrownBy(() -> Watermark.parse(what, type, lag, start, modes)).hasMessageContaining(said);
    }
}
