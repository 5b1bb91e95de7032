package org.caravan.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file for a test to read. */
final class ParquetFile {
    private ParquetFile() {}

    static Path write(Path file, ParquetOptions options, Rows rows) throws IOException {
        return write(file, options, rows, Math.max(1, rows.size()));
    }

    static Path write(Path file, ParquetOptions options, Rows rows, int batchRows) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ParquetEncoder encoder = new ParquetEncoder(rows.columns(), options, out)) {
            for (int row = 0; row < rows.size(); row += batchRows) {
                encoder.write(rows.batch(row, Math.min(rows.size(), row + batchRows)));
            }
            encoder.finish();
        }
        return file;
    }
}
