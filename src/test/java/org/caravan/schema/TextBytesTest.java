package org.caravan.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextBytesTest {
    private static final int[] THIRD = {1, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};

    @Test
    void agreesWithJavaOnEveryPairOfBytesBeforeAThird() {
        byte[] bytes = new byte[3];
        for (int first = 1; first < 256; first++) {
            for (int second = 1; second < 256; second++) {
                for (int third : THIRD) {
                    bytes[0] = (byte) first;
                    bytes[1] = (byte) second;
                    bytes[2] = (byte) third;
                    require(bytes, 0, 3);
                }
            }
        }
    }

    @Test
    void agreesWithJavaOnRandomBytes() {
        Random random = new Random(5);
        byte[] interesting = {
            'a',
            'b',
            (byte) 0xC2,
            (byte) 0xC3,
            (byte) 0xE0,
            (byte) 0xED,
            (byte) 0xEF,
            (byte) 0xF0,
            (byte) 0xF4,
            (byte) 0xF5,
            (byte) 0x80,
            (byte) 0x8F,
            (byte) 0x90,
            (byte) 0x9F,
            (byte) 0xA0,
            (byte) 0xBF,
            0x7F,
            1
        };
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            boolean mostlyAscii = random.nextBoolean();
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = mostlyAscii && random.nextInt(6) > 0
                        ? (byte) 'x'
                        : interesting[random.nextInt(interesting.length)];
            }
            int from = random.nextInt(bytes.length + 1);
            require(bytes, from, from + random.nextInt(bytes.length - from + 1));
        }
    }

    @Test
    void refusesNulWhereverItStands() {
        for (int length = 1; length < 20; length++) {
            for (int at = 0; at < length; at++) {
                byte[] bytes = "abcdefghijklmnopqrstuvwxyz".substring(0, length).getBytes(StandardCharsets.US_ASCII);
                assertThat(TextCheck.isText(bytes, 0, length)).isTrue();
                bytes[at] = 0;
                assertThat(TextCheck.isText(bytes, 0, length)).isFalse();
            }
        }
    }

    private static void require(byte[] bytes, int from, int to) {
        boolean valid;
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            valid = true;
        } catch (CharacterCodingException e) {
            valid = false;
        }
        if (TextCheck.isText(bytes, from, to) != valid) {
            assertThat(bytes)
                    .as("from " + from + " to " + to + " is valid: " + valid)
                    .isNull();
        }
    }
}
