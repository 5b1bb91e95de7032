package org.caravan.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;

/** The local disk's room for parts on their way; stateless. */
final class TemporarySpace {
    static final String ADVICE =
            "Free space there, set staging.directory to a folder with more, or lower staging.part-size or"
                    + " staging.uploads.";

    private TemporarySpace() {}

    /**
     * Refuses to begin what the disk could not hold.
     *
     * @param directory exists
     */
    static void check(Path directory, PartOptions options) {
        long usable;
        try {
            usable = Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw unusable(directory, e);
        }
        if (usable < options.maxBytesOnDisk()) {
            throw new CaravanException(
                    Category.STAGE,
                    "The folder " + directory + " has " + usable + " bytes free, but parts on their way take up to "
                            + options.maxBytesOnDisk() + " bytes: " + options.uploads()
                            + " that are uploaded and one that is encoded, of " + options.maxBytes() + " bytes each. "
                            + ADVICE);
        }
    }

    static CaravanException unusable(Path directory, IOException cause) {
        return new CaravanException(
                Category.STAGE,
                "The folder " + directory + " for parts on their way cannot be used: " + cause
                        + ". Set staging.directory to a folder that Caravan may write to.",
                cause);
    }
}
