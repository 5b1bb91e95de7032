package org.caravan.sandbox.redshift.unload;

import java.io.IOException;
import org.caravan.sandbox.redshift.wire.DataRow;

/** A file that is being written on this machine; open, then written to, then closed once. Not thread-safe. */
interface OutputFile extends AutoCloseable {
    void write(DataRow row) throws IOException, UnloadFailure;

    /** About how large the file would be if it were closed now. */
    long size();

    @Override
    void close() throws IOException;
}
