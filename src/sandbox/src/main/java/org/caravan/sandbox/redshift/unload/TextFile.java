package org.caravan.sandbox.redshift.unload;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.caravan.sandbox.redshift.wire.DataRow;

/** A file of lines, compressed or not. */
final class TextFile implements OutputFile {
    /** Counts what reaches the disk. */
    private static final class Counted extends FilterOutputStream {
        private long bytes;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] data, int from, int length) throws IOException {
            out.write(data, from, length);
            bytes += length;
        }
    }

    private final RowText text;
    private final Counted counted;
    private final OutputStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 12);

    TextFile(Path file, Compression compression, RowText text) throws IOException {
        this.text = text;
        counted = new Counted(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
        out = compression.over(counted);
        if (text.header().isPresent()) {
            out.write(text.header().get());
        }
    }

    @Override
    public void write(DataRow row) throws IOException, UnloadFailure {
        line.reset();
        text.write(row, line);
        line.writeTo(out);
    }

    @Override
    public long size() {
        return counted.bytes;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
