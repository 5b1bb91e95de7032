package org.caravan.format;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** A file of text on its way through a compressor, or straight. May hold native memory until it is closed. */
final class TextOutput implements AutoCloseable {
    private static final int FLUSH_BYTES = 64 << 10;

    /** Of what text shrinks to before anything is known of it. */
    private static final double FIRST_RATIO = 0.3;

    private final Compression compression;
    private final int level;
    private final FileOutput out;
    private final Buffer buffer = new Buffer();
    private Optional<OutputStream> compressor = Optional.empty();
    private long bytesIn;
    /** How much went in when the compressor last gave something, and how much had come out then. */
    private long bytesInThen;

    private long bytesOutThen;

    TextOutput(TextOptions options, FileOutput out) {
        this.compression = options.compression();
        this.level = compression.level(options.level());
        this.out = out;
    }

    /** What is not compressed yet: rows are appended here. */
    Buffer buffer() {
        return buffer;
    }

    /** To be called after a row, so that the buffer stays small. */
    void endRow() throws IOException {
        if (buffer.size() >= FLUSH_BYTES) {
            flush();
        }
    }

    /** The bytes that came out, and a fair estimate of what is still inside. */
    long encodedBytes() {
        if (compression == Compression.NONE) {
            return out.position() + buffer.size();
        }
        double ratio = bytesInThen == 0 ? FIRST_RATIO : bytesOutThen / (double) bytesInThen;
        long inside = bytesIn - bytesInThen + buffer.size();
        return out.position() + (long) (inside * ratio);
    }

    /** Ends the compressed stream. */
    void finish() throws IOException {
        flush();
        OutputStream stream = stream();
        compressor = Optional.empty();
        // Neither closes the file's output.
        stream.close();
        bytesInThen = bytesIn;
    }

    @Override
    public void close() {
        buffer.release(0);
        if (compressor.isPresent()) {
            try {
                compressor.get().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            compressor = Optional.empty();
        }
    }

    private void flush() throws IOException {
        long before = out.position();
        stream().write(buffer.data(), 0, buffer.size());
        bytesIn += buffer.size();
        buffer.release(4 * FLUSH_BYTES);
        if (out.position() > before) {
            bytesInThen = bytesIn;
            bytesOutThen = out.position();
        }
    }

    private OutputStream stream() throws IOException {
        if (compressor.isEmpty()) {
            compressor = Optional.of(
                    switch (compression) {
                        case NONE -> out;
                        case GZIP -> new Gzip(out, level);
                        case ZSTD -> new ZstdOutputStreamNoFinalizer(out, level);
                        case BZIP2 -> new BZip2CompressorOutputStream(out, level);
                    });
        }
        return compressor.get();
    }

    /** The JDK's gzip with a level. */
    private static final class Gzip extends GZIPOutputStream {
        private static final int OUTPUT_BYTES = 8192;

        Gzip(OutputStream out, int level) throws IOException {
            super(out, OUTPUT_BYTES);
            def.setLevel(level);
        }
    }
}
