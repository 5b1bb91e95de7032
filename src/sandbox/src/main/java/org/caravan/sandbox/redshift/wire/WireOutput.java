package org.caravan.sandbox.redshift.wire;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The sending side of a protocol connection. Whole messages may be written by several threads. */
public final class WireOutput {
    /** What becomes of a message before it is written. */
    @FunctionalInterface
    public interface Filter {
        byte[] apply(char type, byte[] body);
    }

    private final DataOutputStream out;
    private volatile Filter filter = (type, body) -> body;
    private boolean mute;

    public WireOutput(OutputStream out) {
        this.out = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
    }

    /** From now on every message passes through the filter. */
    public void filter(Filter through) {
        filter = through;
    }

    public synchronized void write(int type, byte[] body) throws IOException {
        byte[] filtered = filter.apply((char) type, body);
        write(type, filtered, filtered.length);
    }

    public synchronized void write(int type, byte[] body, int length) throws IOException {
        if (mute) {
            return;
        }
        out.write(type);
        out.writeInt(length + 4);
        out.write(body, 0, length);
    }

    /** A start-up packet has no type. */
    public synchronized void writeStartup(byte[] body) throws IOException {
        out.writeInt(body.length + 4);
        out.write(body);
    }

    public synchronized void flush() throws IOException {
        if (!mute) {
            out.flush();
        }
    }

    /** From now on nothing reaches the other side, not even what was written and not yet flushed. */
    public synchronized void mute() {
        mute = true;
    }
}
