package org.caravan.format;

import java.io.IOException;
import java.io.OutputStream;

/** The caller's output, with the position in the file counted. Neither flushes nor closes it. */
final class FileOutput extends OutputStream {
    private final OutputStream out;
    private long position;
    private boolean discarding;

    FileOutput(OutputStream out) {
        this.out = out;
    }

    long position() {
        return position;
    }

    /** Takes no more bytes: those of a compressor that is closed without being finished. */
    void discard() {
        discarding = true;
    }

    @Override
    public void write(int value) throws IOException {
        if (discarding) {
            return;
        }
        out.write(value);
        position++;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (discarding) {
            return;
        }
        out.write(source, offset, length);
        position += length;
    }
}
