package org.caravan.sandbox.redshift.copy;

import java.io.IOException;

/** Loads the files of one COPY, one after the other; one implementation for each kind of format. Used by one thread. */
interface FileLoader {
    /** Takes filled buffers and empties them; false says that nobody wants more. */
    interface Sink {
        boolean accept(RowBuffer rows) throws IOException, CopyFailure.Thrown;
    }

    /** Writes the rows of a file to the buffer, and the buffer to the sink whenever it is well filled; returns the number of rows. */
    long load(S3Objects.Found file, RowBuffer rows, Sink sink) throws IOException, CopyFailure.Thrown;
}
