package org.caravan.format;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.xerial.snappy.Snappy;

/**
 * Compresses block after block; may hold native memory until it is closed.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#required-codecs">Required codecs</a>
 */
abstract class AvroCompressor implements AutoCloseable {
    /** Half the time of zlib's own default for a tenth more bytes. */
    static final int DEFLATE_LEVEL = 4;

    /** The first bytes of a block, compressed; valid until the next call. */
    abstract Buffer compress(Buffer block, int length) throws IOException;

    @Override
    public void close() {}

    static AvroCompressor of(AvroCodec codec) {
        return switch (codec) {
            case SNAPPY -> new SnappyCompressor();
            case DEFLATE -> new DeflateCompressor();
            case NONE -> new NoCompressor();
        };
    }

    /** Snappy, followed by the big-endian CRC-32 of the bytes before compression. */
    private static final class SnappyCompressor extends AvroCompressor {
        private final Buffer compressed = new Buffer();
        private final CRC32 checksum = new CRC32();

        @Override
        Buffer compress(Buffer block, int length) throws IOException {
            compressed.clear();
            compressed.reserve(Snappy.maxCompressedLength(length));
            compressed.advance(Snappy.compress(block.data(), 0, length, compressed.data(), 0));
            checksum.reset();
            checksum.update(block.data(), 0, length);
            compressed.putInt(Integer.reverseBytes((int) checksum.getValue()));
            return compressed;
        }
    }

    /** Raw deflate, without zlib's header (RFC 1951). */
    private static final class DeflateCompressor extends AvroCompressor {
        private static final int STEP_BYTES = 64 << 10;

        private final Buffer compressed = new Buffer();
        private final Deflater deflater = new Deflater(DEFLATE_LEVEL, true);

        @Override
        Buffer compress(Buffer block, int length) {
            compressed.clear();
            deflater.reset();
            deflater.setInput(block.data(), 0, length);
            deflater.finish();
            while (!deflater.finished()) {
                compressed.reserve(STEP_BYTES);
                compressed.advance(deflater.deflate(compressed.data(), compressed.size(), STEP_BYTES));
            }
            return compressed;
        }

        @Override
        public void close() {
            deflater.end();
        }
    }

    private static final class NoCompressor extends AvroCompressor {
        private final Buffer copy = new Buffer();

        @Override
        Buffer compress(Buffer block, int length) {
            copy.clear();
            copy.write(block.data(), 0, length);
            return copy;
        }
    }
}
