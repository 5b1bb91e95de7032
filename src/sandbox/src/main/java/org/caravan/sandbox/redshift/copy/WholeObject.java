package org.caravan.sandbox.redshift.copy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.http.ConnectionClosedException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The body of an object, which fails when it ends too early, and says how many bytes were missing. */
final class WholeObject extends FilterInputStream {
    /** The body ended before the object did. */
    static final class Broken extends SdkClientException {
        private static final long serialVersionUID = 1L;

        Broken(long missing) {
            super(SdkClientException.builder().message("transfer closed with " + missing + " bytes remaining to read"));
        }
    }

    private long missing;
    private long arriving;

    /**
     * @param length the object's bytes; Long.MAX_VALUE if they are not known
     * @param arriving how many of them to let through
     */
    WholeObject(InputStream body, long length, long arriving) {
        super(body);
        this.missing = length;
        this.arriving = Math.min(length, arriving);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int read = arriving == 0 ? -1 : received(buffer, offset, (int) Math.min(length, arriving));
        if (read < 0) {
            if (missing > 0 && missing < Long.MAX_VALUE / 2) {
                throw new Broken(missing);
            }
            return -1;
        }
        missing -= read;
        arriving -= read;
        return read;
    }

    /** A failure of S3's connection must not be taken for one of the client's. */
    private int received(byte[] buffer, int offset, int length) {
        try {
            return super.read(buffer, offset, length);
        } catch (ConnectionClosedException e) {
            throw new Broken(missing);
        } catch (IOException e) {
            throw SdkClientException.create(String.valueOf(e.getMessage()), e);
        }
    }
}
