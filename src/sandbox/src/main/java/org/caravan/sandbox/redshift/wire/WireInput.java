package org.caravan.sandbox.redshift.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The receiving side of a protocol connection. Used by one thread. */
public final class WireInput {
    /** Larger than any message that a driver sends for a reason, small enough to survive in a heap of 256 MB. */
    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    private final DataInputStream in;

    public WireInput(InputStream in) {
        this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
    }

    /** The next message's type, or -1 if the other side has ended. */
    public int type() throws IOException {
        return in.read();
    }

    /** The body that follows a type or, in a start-up packet, stands alone. */
    public byte[] body() throws IOException {
        int length = in.readInt() - 4;
        if (length < 0 || length > MAX_MESSAGE_BYTES) {
            throw new IOException("message length " + length + " is outside 0 to " + MAX_MESSAGE_BYTES);
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return body;
    }

    /** Whether more bytes have arrived already. */
    boolean hasMore() throws IOException {
        return in.available() > 0;
    }
}
