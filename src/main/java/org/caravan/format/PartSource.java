package org.caravan.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.caravan.schema.FileFormat;
import org.caravan.schema.RowStream;

/**
 * A message body that a data format encodes into one part: a bounded share of a longer stream of rows, and the place where
 * the outcome is told.
 *
 * <p>The data format reads {@link #rows}, asks {@link #isFull} after each batch, and at the end calls exactly one of
 * {@link #encoded} and {@link #failed}, and {@link #released} when the exchange is over. It does not close the rows: they belong to whoever made this source, and may go on in
 * the next part. Called by one thread.
 */
public interface PartSource {
    /** The rows to encode, up to the stream's end or until the part is full. */
    RowStream rows();

    /** Told once, before the part is written: what its file is. */
    default void format(FileFormat format) {}

    /** Told once, before the part is written: the types of the columns in its file, in their order. */
    default void fileTypes(List<String> names) {}

    /**
     * Where the part is written: a file of its own, or else the output that the data format was given. The data format closes it
     * if it is not the given one.
     *
     * @param given the output of the data format's caller, which Camel keeps in memory or in a spool file
     */
    default OutputStream output(OutputStream given) throws IOException {
        return given;
    }

    /**
     * Whether the part ends here.
     *
     * @param encodedBytes the size of the part so far, see {@link Encoder#encodedBytes}
     */
    boolean isFull(long encodedBytes);

    /** The commit: the whole part went to the output, which took it. An exception thrown here fails the exchange. */
    void encoded(long rows, long bytes);

    /** The part is worthless: whatever reached the output must not be used. */
    void failed(Throwable cause);

    /**
     * The exchange that the part was encoded in is over, whichever of its steps were the last: nobody reads the output any more.
     * Called once after {@link #encoded} or {@link #failed}, by any thread.
     *
     * @param failure what the exchange failed with, if it did
     */
    default void released(Optional<Throwable> failure) {}
}
