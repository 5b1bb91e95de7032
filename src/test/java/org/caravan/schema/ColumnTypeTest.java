package org.caravan.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {
    @ParameterizedTest
    @CsvSource({"1,0", "1,1", "18,18", "38,0", "38,37", "37,37"})
    void takesDecimalsThatRedshiftHolds(int precision, int scale) {
        assertThatCode(() -> new ColumnType.Decimal(precision, scale)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "39,0", "38,38", "10,11", "10,-1", "-1,0"})
    void refusesDecimalsThatRedshiftDoesNotHold(int precision, int scale) {
        assertThatThrownBy(() -> new ColumnType.Decimal(precision, scale))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not " + precision + " and " + scale);
    }

    @Test
    void saysWhichDecimalsFitSixtyFourBits() {
        assertThat(new ColumnType.Decimal(18, 5).fitsLong()).isTrue();
        assertThat(new ColumnType.Decimal(19, 5).fitsLong()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 16})
    void refusesIntegersOfOtherSizes(int bytes) {
        assertThatThrownBy(() -> new ColumnType.Int(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not " + bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 16})
    void refusesFloatingPointNumbersOfOtherSizes(int bytes) {
        assertThatThrownBy(() -> new ColumnType.FloatingPoint(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not " + bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void refusesTextThatNoVarcharHolds(int maxBytes) {
        assertThatThrownBy(() -> new ColumnType.Text(maxBytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not " + maxBytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65_535})
    void takesTextThatAVarcharHolds(int maxBytes) {
        assertThat(new ColumnType.Text(maxBytes).maxBytes()).isEqualTo(maxBytes);
    }

    @Test
    void isNamedInMessagesAsInSql() {
        assertThat(new ColumnType.Int(2)).hasToString("smallint");
        assertThat(new ColumnType.Int(4)).hasToString("integer");
        assertThat(new ColumnType.Int(8)).hasToString("bigint");
        assertThat(new ColumnType.FloatingPoint(4)).hasToString("real");
        assertThat(new ColumnType.FloatingPoint(8)).hasToString("double precision");
        assertThat(new ColumnType.Decimal(12, 2)).hasToString("decimal(12,2)");
        assertThat(new ColumnType.Text(40)).hasToString("text(40 bytes)");
        assertThat(new ColumnType.Timestamp(ColumnType.Zone.LOCAL)).hasToString("timestamp");
        assertThat(new ColumnType.Timestamp(ColumnType.Zone.INSTANT)).hasToString("timestamptz");
    }
}
