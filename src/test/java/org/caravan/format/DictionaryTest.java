package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DictionaryTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 1000, 65_536})
    void numbersNearAndFarAreNumberedByTheirFirstAppearance(int mostWindow) {
        Random random = new Random(7);
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            values.add(
                    switch (i % 5) {
                        case 0 -> (long) random.nextInt(9000);
                        case 1 -> -5000L + i / 3;
                        case 2 -> Long.MIN_VALUE + random.nextInt(20);
                        case 3 -> Long.MAX_VALUE - random.nextInt(20);
                        default -> random.nextLong();
                    });
        }

        assertNumbered(new LongDictionary(mostWindow), values);
    }

    @Test
    void aWindowThatReachesOverTheGreatestNumberIsNoneOfTheLeast() {
        LongDictionary dictionary = new LongDictionary(65_536);
        List<Long> values = new ArrayList<>();
        LongStream.range(0, 50).forEach(i -> values.add(Long.MAX_VALUE - i));
        LongStream.range(0, 50).forEach(i -> values.add(Long.MIN_VALUE + i));
        values.addAll(List.copyOf(values));

        assertNumbered(dictionary, values);
    }

    @Test
    void numbersAreForgottenWithAndWithoutTheirMemory() {
        LongDictionary dictionary = new LongDictionary(65_536);
        List<Long> days =
                LongStream.range(0, 3000).map(i -> 8000 + i * 7 % 2500).boxed().toList();

        assertNumbered(dictionary, days);
        dictionary.clear(Integer.MAX_VALUE);
        assertThat(dictionary.heldBytes()).isZero();
        assertNumbered(dictionary, days.subList(100, 2000));
        dictionary.clear(0);
        assertNumbered(dictionary, List.of(5L, 1L << 40, 5L, 8000L));
    }

    @Test
    void textsThatDifferInAnyByteOrInTheirLengthAreDistinct() {
        List<String> texts = new ArrayList<>();
        for (int length = 0; length <= 40; length++) {
            String text = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnop".substring(0, length);
            texts.add(text);
            texts.add(text + "\0");
            for (int at = 0; at < length; at++) {
                texts.add(text.substring(0, at) + "#" + text.substring(at + 1));
            }
        }
        texts.addAll(List.copyOf(texts));
        // Once with bytes beyond each text, once at the end of its array.
        for (String after : List.of("", "123456789")) {
            BytesDictionary dictionary = new BytesDictionary();
            Map<String, Integer> expected = new HashMap<>();
            for (String text : texts) {
                byte[] bytes = ("xyz" + text + after).getBytes(StandardCharsets.US_ASCII);
                Integer next = expected.size();
                Integer known = expected.putIfAbsent(text, next);
                assertThat(dictionary.index(bytes, 3, text.length())).isEqualTo(known == null ? next : known);
            }
            assertThat(dictionary.size()).isEqualTo(expected.size());
        }
    }

    /** Few slots and many tries, so that texts meet in a slot that only their lengths tell apart. */
    @Test
    void textsThatEndInZerosAreDistinct() {
        for (char first = 'a'; first <= 'z'; first++) {
            for (char second = 'a'; second <= 'z'; second++) {
                BytesDictionary dictionary = new BytesDictionary();
                byte[] bytes = (first + "" + second + "\0\0\0\0\0\0").getBytes(StandardCharsets.US_ASCII);
                for (int length = 0; length <= bytes.length; length++) {
                    assertThat(dictionary.index(bytes, 0, length)).isEqualTo(length);
                }
            }
        }
    }

    private static void assertNumbered(LongDictionary dictionary, List<Long> values) {
        Map<Long, Integer> expected = new HashMap<>();
        for (Long value : values) {
            Integer next = expected.size();
            Integer known = expected.putIfAbsent(value, next);
            assertThat(dictionary.index(value)).isEqualTo(known == null ? next : known);
        }
        assertThat(dictionary.size()).isEqualTo(expected.size());
        expected.forEach((value, index) -> assertThat(dictionary.value(index)).isEqualTo(value));
    }
}
