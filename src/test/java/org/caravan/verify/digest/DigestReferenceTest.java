package org.caravan.verify.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The product's digest is the one that the specification's plain arithmetic gives. */
class DigestReferenceTest {
    static Stream<Arguments> awkward() {
        return Awkward.values().entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("awkward")
    void digestsEachAwkwardValueAsTheReferenceDoes(ColumnType type, List<Optional<Object>> values) {
        for (Optional<Object> value : values) {
            Cells table = new Cells(Cells.named(List.of(type)), List.of(List.of(value)));

            assertThat(table.digest()).as("%s", value).isEqualTo(Reference.digest(table));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("awkward")
    void tellsAllAwkwardValuesApart(ColumnType type, List<Optional<Object>> values) {
        long distinct = values.stream()
                .map(value -> value.map(v -> v.equals(-0.0) ? (Object) 0.0 : v))
                .distinct()
                .count();

        assertThat(values.stream()
                        .map(value -> new Cells(Cells.named(List.of(type)), List.of(List.of(value))).digest())
                        .distinct())
                .hasSize((int) distinct);
    }
}
