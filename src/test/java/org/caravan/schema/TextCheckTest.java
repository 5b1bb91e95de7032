package org.caravan.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCheckTest {
    @Test
    void takesEveryCharacter() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
                if (TextCheck.firstInvalid(bytes, 0, bytes.length) >= 0) {
                    assertThat(point).as("refused").isNegative();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithJavaOnAnyBytes(long seed) {
        Random random = new Random(seed);
        byte[] interesting = {
            0,
            0x41,
            0x7F,
            (byte) 0x80,
            (byte) 0x8F,
            (byte) 0x90,
            (byte) 0x9F,
            (byte) 0xA0,
            (byte) 0xBF,
            (byte) 0xC0,
            (byte) 0xC1,
            (byte) 0xC2,
            (byte) 0xDF,
            (byte) 0xE0,
            (byte) 0xED,
            (byte) 0xEF,
            (byte) 0xF0,
            (byte) 0xF4,
            (byte) 0xF5,
            (byte) 0xFF
        };
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(12)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = interesting[random.nextInt(interesting.length)];
            }
            if (TextCheck.firstInvalid(bytes, 0, bytes.length) < 0 != isValid(bytes)) {
                assertThat(bytes).as("valid for Java: %s", isValid(bytes)).isEmpty();
            }
            if (TextCheck.isPlain(bytes, 0, bytes.length) != isPlain(bytes)) {
                assertThat(bytes).as("plain: %s", isPlain(bytes)).isEmpty();
            }
        }
    }

    /** Texts of characters of all lengths, at any place in their array, whole or with a byte of them broken. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsTheFirstInvalidByteWhereJavaDoes(long seed) {
        Random random = new Random(seed);
        String[] alphabets = {"abc ", "aé", "日本語", "日a", "😀", "aé日😀\u0800\uD7FF\uE000\uFFFF"};
        for (int i = 0; i < 20_000; i++) {
            int[] points =
                    alphabets[random.nextInt(alphabets.length)].codePoints().toArray();
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                text.appendCodePoint(points[random.nextInt(points.length)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            if (TextCheck.firstInvalid(bytes, from, to) != firstInvalid(bytes, from, to)) {
                assertThat(bytes)
                        .as("invalid from %d to %d at %d", from, to, firstInvalid(bytes, from, to))
                        .isEmpty();
            }
        }
    }

    @Test
    void findsTheFirstNulWhereverItStands() {
        for (int length = 1; length < 30; length++) {
            for (int at = 0; at < length; at++) {
                byte[] bytes = "é".repeat(15).getBytes(StandardCharsets.UTF_8);
                assertThat(TextCheck.firstNul(bytes, 0, length)).isNegative();
                bytes[at] = 0;
                bytes[length - 1] = 0;
                assertThat(TextCheck.firstNul(bytes, 0, length)).isEqualTo(at);
            }
        }
    }

    private static int firstInvalid(byte[] bytes, int from, int to) {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(to - from), true);
        return result.isError() ? in.position() : -1;
    }

    private static boolean isValid(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isPlain(byte[] bytes) {
        for (byte value : bytes) {
            if (value <= 0) {
                return false;
            }
        }
        return true;
    }
}
