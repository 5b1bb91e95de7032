package org.caravan.format;

import java.io.IOException;
import java.io.OutputStream;
import org.caravan.schema.RowStream;

/** stub replaced by the format branch */
public interface PartSource {
    RowStream rows();

    OutputStream output() throws IOException;

    boolean isFull(long encodedBytes);

    void encoded(long rows, long bytes);

    void failed(Throwable cause);
}
