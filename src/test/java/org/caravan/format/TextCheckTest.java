package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
