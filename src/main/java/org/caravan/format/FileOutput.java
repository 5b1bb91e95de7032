package org.caravan.format;

import java.io.IOException;
import java.io.OutputStream;

/** The caller's output, with the position in the file counted. */
final class FileOutput extends OutputStream {
    private final OutputStream out;
    private long position;

    FileOutput(OutputStream out) {
        this.out = out;
    }

    long position() {
        return position;
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
        position++;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        out.write(source, offset, length);
        position += length;
    }
}
