package org.caravan.verify.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.caravan.schema.Batch;
import org.caravan.schema.BytesVector;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.junit.jupiter.api.Test;

/** The shared MD5 against the platform's own. */
class Md5LanesTest {
    /** Past every change of the number of blocks that is computed together, and beyond the last. */
    private static final int MOST_LENGTH = 320;

    @Test
    void everyLengthInEveryPlaceOfTheArrayHasThePlatformsMd5() {
        Random random = new Random(7);
        for (int length = 0; length < MOST_LENGTH; length++) {
            Md5Lanes lanes = new Md5Lanes(Md5Lanes.blocks(length));
            List<byte[]> texts = new ArrayList<>();
            for (int lane = 0; lane < 21; lane++) {
                // The last begins so late that nothing follows it in its array.
                byte[] data = new byte[length + (lane == 20 ? 3 : 11)];
                random.nextBytes(data);
                lanes.put(data, 3, length);
                texts.add(Arrays.copyOfRange(data, 3, 3 + length));
            }
            lanes.compute();
            for (int lane = 0; lane < texts.size(); lane++) {
                ByteBuffer expected = ByteBuffer.wrap(Md5.hash(texts.get(lane)));
                assertThat(lanes.first(lane)).as("%s bytes", length).isEqualTo(expected.getLong());
                assertThat(lanes.second(lane)).as("%s bytes", length).isEqualTo(expected.getLong());
            }
        }
    }

    @Property(tries = 60)
    void theTextsOfABatchHaveTheResiduesOfTheirMd5s(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 2048) int rows, @ForAll @IntRange(max = 400) int most) {
        Random random = new Random(seed);
        Batch batch = new Batch(new Columns(List.of(new Column("c", new ColumnType.Text(1000), true))));
        BytesVector texts = batch.bytes(0);
        for (int row = 0; row < rows; row++) {
            if (random.nextInt(5) == 0) {
                texts.setNull(row);
            } else {
                String text =
                        random.nextBoolean() ? "again " + random.nextInt(40) : "x".repeat(random.nextInt(most + 1));
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                texts.append(row, bytes, 0, bytes.length);
            }
        }
        TextBatch hashes = new TextBatch();
        TextMemory memory = new TextMemory(1 + random.nextInt(2000));
        for (int time = 0; time < 2; time++) {
            long[] residues = hashes.residues(texts, rows, memory);
            for (int row = 0; row < rows; row++) {
                if (!texts.isNull(row)) {
                    assertThat(residues[row])
                            .isEqualTo(new TextHashes().residues(texts.data(), texts.start(row), texts.length(row)));
                }
            }
        }
    }
}
