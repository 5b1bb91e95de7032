package org.caravan.ledger;

import java.util.List;

/** Where it is kept what became of the versions of files. Thread-safe. */
public interface FileChanges {
    /**
     * Keeps a change.
     *
     * @throws CaravanException if the ledger cannot be used
     */
    void keep(FileChange change);

    /**
     * The latest changes, the last first.
     *
     * @param limit at most so many
     * @throws CaravanException if the ledger cannot be used
     */
    List<FileChange> latest(int limit);
}
