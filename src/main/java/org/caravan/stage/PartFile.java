package org.caravan.stage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;

/**
 * A part's local file while it is written: counts and checks what the disk has taken, and explains what it does not take. Not
 * thread-safe.
 */
final class PartFile extends FilterOutputStream {
    private final Part part;
    private final Path file;
    private final CRC32 crc;
    private long written;

    private PartFile(OutputStream out, Part part, Path file, CRC32 crc) {
        super(out);
        this.part = part;
        this.file = file;
        this.crc = crc;
    }

    /**
     * Makes the file, in a folder that exists.
     *
     * @param crc is given every byte that the disk took
     */
    static PartFile create(Part part, Path file, CRC32 crc) {
        try {
            return new PartFile(Files.newOutputStream(file), part, file, crc);
        } catch (IOException e) {
            throw refused(part, file, 0, e);
        }
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw refused(part, file, written, e);
        }
        crc.update(bytes, offset, length);
        written += length;
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw refused(part, file, written, e);
        }
    }

    private static CaravanException refused(Part part, Path file, long written, IOException cause) {
        Path directory = file.toAbsolutePath().getParent();
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new CaravanException(
                Category.STAGE,
                part + " cannot be written to the folder " + directory + ": " + reason + ". Its file had " + written
                        + " bytes, and " + free(directory) + ". " + TemporarySpace.ADVICE,
                cause);
    }

    private static String free(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace() + " bytes are free there";
        } catch (IOException e) {
            return "the free space there is not known (" + e.getMessage() + ")";
        }
    }
}
