package org.caravan.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.xerial.snappy.Snappy;

/**
 * Compresses page after page; may hold native memory until it is closed.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/compression/">Compression</a>
 */
abstract class PageCompressor implements AutoCloseable {
    /** Encoding keeps one core busy while another reads the source: more than the fastest level costs rows a second. */
    static final int ZSTD_LEVEL = 1;

    /** Replaces what {@code out} holds. */
    abstract void compress(Buffer page, Buffer out) throws IOException;

    @Override
    public void close() {}

    static PageCompressor of(ParquetCodec codec) {
        return switch (codec) {
            case SNAPPY -> new SnappyCompressor();
            case ZSTD -> new ZstdCompressor();
            case GZIP -> new GzipCompressor();
            case UNCOMPRESSED -> new NoCompressor();
        };
    }

    private static final class SnappyCompressor extends PageCompressor {
        @Override
        void compress(Buffer page, Buffer out) throws IOException {
            out.clear();
            out.reserve(Snappy.maxCompressedLength(page.size()));
            out.advance(Snappy.compress(page.data(), 0, page.size(), out.data(), 0));
        }
    }

    private static final class ZstdCompressor extends PageCompressor {
        private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(ZSTD_LEVEL);

        @Override
        void compress(Buffer page, Buffer out) {
            out.clear();
            int most = Math.toIntExact(Zstd.compressBound(page.size()));
            out.reserve(most);
            out.advance(context.compressByteArray(out.data(), 0, most, page.data(), 0, page.size()));
        }

        @Override
        public void close() {
            context.close();
        }
    }

    private static final class GzipCompressor extends PageCompressor {
        @Override
        void compress(Buffer page, Buffer out) throws IOException {
            out.clear();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(page.data(), 0, page.size());
            }
        }
    }

    private static final class NoCompressor extends PageCompressor {
        @Override
        void compress(Buffer page, Buffer out) {
            out.clear();
            out.put(page);
        }
    }
}
