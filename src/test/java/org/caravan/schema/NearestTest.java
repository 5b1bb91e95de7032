package org.caravan.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void namesTheLikelyFirst() {
        assertThat(Nearest.first("amont", List.of("id", "month", "AMOUNT", "a")))
                .isEqualTo("'AMOUNT', 'month', 'a', 'id'");
        assertThat(Nearest.first("", List.of("bb", "a"))).isEqualTo("'a', 'bb'");
    }

    @Test
    void namesTwentyOfMany() {
        List<String> many = IntStream.range(0, 1600).mapToObj(i -> "c" + i).toList();

        assertThat(Nearest.first("c7", many)).startsWith("'c7', ").endsWith(" and 1580 more");
    }
}
