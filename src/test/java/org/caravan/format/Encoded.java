package org.caravan.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.caravan.schema.Columns;

/** Writes a file by any encoder for a test to read. */
final class Encoded {
    private Encoded() {}

    /** How an encoder is made. */
    @FunctionalInterface
    interface Maker {
        Encoder encoder(Columns columns, OutputStream out) throws IOException;
    }

    static Path write(Path file, Maker maker, Rows rows) throws IOException {
        return write(file, maker, rows, Math.max(1, rows.size()));
    }

    static Path write(Path file, Maker maker, Rows rows, int batchRows) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                Encoder encoder = maker.encoder(rows.columns(), out)) {
            for (int row = 0; row < rows.size(); row += batchRows) {
                encoder.write(rows.batch(row, Math.min(rows.size(), row + batchRows)));
            }
            encoder.finish();
        }
        return file;
    }
}
