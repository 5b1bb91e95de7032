package org.caravan.sandbox.redshift.unload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.caravan.sandbox.redshift.copy.CopyFailure;
import org.caravan.sandbox.redshift.copy.S3Location;
import org.caravan.sandbox.redshift.copy.S3Objects;
import org.caravan.sandbox.redshift.wire.DataRow;

/**
 * The files of one UNLOAD: spreads rows over slices, folders and numbered parts, and uploads each file when it is full. Used by
 * one thread at a time; whoever opened it closes it, and what is not uploaded then is gone.
 */
final class OutputFiles implements AutoCloseable {
    /** A cluster of two slices: small, and yet UNLOAD writes more than one file. */
    private static final int SLICES = 2;

    /** A single request can bring no more to S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html. */
    private static final long MOST_BYTES = 5_000_000_000L;

    /** What a compressor may hold back: a block of bzip2 has 900,000 bytes. */
    private static final long HELD_BACK = 1 << 20;

    /** A file in S3. */
    record Written(S3Location file, int slice, long rows, long bytes, Instant start, Instant end) {}

    private record Open(OutputFile file, Path path, int slice, Instant start, long[] rows) {}

    private final UnloadStatement statement;
    private final List<ResultColumn> columns;
    private final List<Integer> kept;
    private final S3Objects s3;
    private final Path temporary;
    private final Open[] open;
    private final Map<String, Integer> parts = new HashMap<>();
    private final List<Written> written = new ArrayList<>();
    private String folder = "";
    private int next;

    /** @param kept the positions of the columns that stay in the files */
    OutputFiles(
            UnloadStatement statement, List<ResultColumn> columns, List<Integer> kept, S3Objects s3, Path temporary) {
        this.statement = statement;
        this.columns = columns;
        this.kept = kept;
        this.s3 = s3;
        this.temporary = temporary;
        this.open = new Open[statement.layout().parallel() ? SLICES : 1];
    }

    List<Written> written() {
        return written;
    }

    /** Ends the files of the folder before; the rows that follow go to this one. */
    void enter(String newFolder) throws IOException, CopyFailure.Thrown {
        if (newFolder.equals(folder)) {
            return;
        }
        finishOpen();
        folder = newFolder;
        next = 0;
        if (statement.existing() == UnloadStatement.Existing.REMOVED && !parts.containsKey(key(folder, 0))) {
            for (S3Objects.Found found : s3.list(new S3Location(statement.to().bucket(), prefix() + folder))) {
                s3.delete(found.file());
            }
        }
    }

    void write(DataRow row) throws IOException, UnloadFailure, CopyFailure.Thrown {
        int slice = next;
        next = (next + 1) % open.length;
        if (open[slice] == null) {
            open[slice] = begin(slice);
        }
        Open current = open[slice];
        current.file.write(row);
        current.rows[0]++;
        if (current.file.size() >= limit()) {
            finish(slice);
        }
    }

    private long limit() {
        long most = Math.min(MOST_BYTES, statement.layout().maxFileBytes());
        return statement.compression() == Compression.NONE ? most : most - HELD_BACK;
    }

    /** Uploads what is still open. Text formats get a file for every slice, even if it has no row. */
    void finish() throws IOException, CopyFailure.Thrown {
        boolean text = !(statement.format() instanceof UnloadFormat.Parquet);
        if (text && statement.layout().partitionBy().isEmpty()) {
            for (int slice = 0; slice < open.length; slice++) {
                if (open[slice] == null && !parts.containsKey(key(folder, slice))) {
                    open[slice] = begin(slice);
                }
            }
        }
        finishOpen();
    }

    private void finishOpen() throws IOException, CopyFailure.Thrown {
        for (int slice = 0; slice < open.length; slice++) {
            if (open[slice] != null) {
                finish(slice);
            }
        }
    }

    private Open begin(int slice) throws IOException {
        Path path = Files.createTempFile(temporary, "unload-", ".part");
        OutputFile file;
        if (statement.format() instanceof UnloadFormat.Parquet parquet) {
            file = new ParquetFile(path, parquet.rowGroupBytes(), columns, kept);
        } else {
            file = new TextFile(path, statement.compression(), RowText.of(statement.format(), columns, kept));
        }
        return new Open(file, path, slice, Instant.now(), new long[1]);
    }

    private void finish(int slice) throws IOException, CopyFailure.Thrown {
        Open done = open[slice];
        open[slice] = null;
        try {
            done.file.close();
            int part = parts.merge(key(folder, slice), 1, Integer::sum) - 1;
            S3Location to = new S3Location(statement.to().bucket(), prefix() + folder + name(slice, part));
            s3.upload(done.path, to, statement.kmsKey());
            written.add(new Written(to, slice, done.rows[0], Files.size(done.path), done.start, Instant.now()));
        } finally {
            Files.deleteIfExists(done.path);
        }
    }

    /** The manifest's place, and the folder of everything else. */
    String prefix() {
        String key = statement.to().key();
        // r_UNLOAD.html, TO: with PARTITION BY a slash is added if needed
        boolean slash = !statement.layout().partitionBy().isEmpty() && !key.isEmpty() && !key.endsWith("/");
        return slash ? key + "/" : key;
    }

    private String name(int slice, int part) {
        String number = statement.layout().parallel()
                ? String.format(Locale.ROOT, "%04d_part_%02d", slice, part)
                : String.format(Locale.ROOT, "%03d", part);
        String own = statement.format() instanceof UnloadFormat.Parquet
                ? ".parquet"
                : statement.compression().extension();
        return number + statement.layout().extension().map(text -> "." + text).orElse(own);
    }

    private static String key(String folder, int slice) {
        return slice + " " + folder;
    }

    @Override
    public void close() throws IOException {
        for (Open left : open) {
            if (left != null) {
                try {
                    left.file.close();
                } finally {
                    Files.deleteIfExists(left.path);
                }
            }
        }
    }
}
