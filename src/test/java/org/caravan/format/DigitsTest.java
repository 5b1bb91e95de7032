package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {
    private final Buffer buffer = new Buffer();

    @Test
    void writesEveryDayAsJavaDoes() {
        long first = LocalDate.of(1, 1, 1).toEpochDay();
        long last = LocalDate.of(9999, 12, 31).toEpochDay();
        for (long day = first; day <= last; day++) {
            long number = day;
            String text = text(out -> Digits.putDate(number, out));
            if (!text.equals(LocalDate.ofEpochDay(day).toString())) {
                assertThat(text).isEqualTo(LocalDate.ofEpochDay(day).toString());
            }
        }
    }

    @Test
    void writesIntegersOfEveryLength() {
        LongStream.iterate(1, n -> n * 10).limit(19).forEach(power -> {
            for (long value :
                    new long[] {power - 1, power, power + 1, -power, 1 - power, Long.MAX_VALUE, Long.MIN_VALUE}) {
                assertThat(text(out -> Digits.putLong(value, out))).isEqualTo(Long.toString(value));
            }
        });
    }

    /** Eight digits are written at once, more of them by pairs. */
    @Test
    void writesNumbersOfEveryLengthWithEveryScaleAfterWhatStandsThere() {
        Random random = new Random(11);
        for (int digits = 1; digits <= 18; digits++) {
            long power = BigInteger.TEN.pow(digits).longValueExact();
            for (int i = 0; i < 2_000; i++) {
                long value = random.nextLong(power) * (random.nextBoolean() ? 1 : -1);
                int scale = random.nextInt(19);
                String expected = value + "|" + BigDecimal.valueOf(value, scale).toPlainString() + "|";
                String text = text(out -> {
                    Digits.putLong(value, out);
                    out.write('|');
                    Digits.putDecimal(value, scale, out);
                    out.write('|');
                });
                if (!text.equals(expected)) {
                    assertThat(text).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void writesTimeStampsAsJavaDoes() {
        Random random = new Random(12);
        for (int i = 0; i < 50_000; i++) {
            long seconds = random.nextLong(-62_135_596_800L, 253_402_300_800L);
            int micros = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(999_999);
            String expected = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC)
                            .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss"))
                    + (micros == 0 ? "" : String.format(".%06d", micros));
            String text = text(out -> Digits.putTimestamp(seconds * 1_000_000 + micros, out));
            if (!text.equals(expected)) {
                assertThat(text).isEqualTo(expected);
            }
        }
    }

    @Test
    void writesDecimalsOfEveryScale() {
        Random random = new Random(7);
        for (int scale = 0; scale <= 37; scale++) {
            for (int bits = 1; bits <= 126; bits++) {
                BigInteger unscaled = new BigInteger(bits, random);
                int places = scale;
                for (BigInteger value : new BigInteger[] {unscaled, unscaled.negate()}) {
                    String expected = new BigDecimal(value, scale).toPlainString();
                    assertThat(text(out -> Digits.putDecimal(value, places, out)))
                            .isEqualTo(expected);
                    if (bits <= 59 && scale <= 18) {
                        assertThat(text(out -> Digits.putDecimal(value.longValueExact(), places, out)))
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01 00:00:00",
        "1, 1970-01-01 00:00:00.000001",
        "-1, 1969-12-31 23:59:59.999999",
        "-62135596800000000, 0001-01-01 00:00:00",
        "253402300799999999, 9999-12-31 23:59:59.999999",
        "951782400100000, 2000-02-29 00:00:00.100000"
    })
    void writesTimeStamps(long micros, String expected) {
        assertThat(text(out -> Digits.putTimestamp(micros, out))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "1.0E23, 1.0E23", "2.0E-3, 0.002", "-0.0, -0.0", "4.9E-324, 4.9E-324"})
    void writesTheShortestTextOfANumber(double value, String expected) {
        assertThat(text(out -> Digits.putDouble(value, out))).isEqualTo(expected);
    }

    private String text(Consumer<Buffer> writer) {
        buffer.clear();
        writer.accept(buffer);
        return new String(buffer.data(), 0, buffer.size(), StandardCharsets.US_ASCII);
    }
}
