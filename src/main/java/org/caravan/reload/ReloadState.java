package org.caravan.reload;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the files stand; immutable.
 *
 * @param accepted versions accepted since the start, deletions too
 * @param refused versions refused since the start
 * @param looked when the files were looked at last; the start of the process if never
 * @param trouble why they could not be looked at last time
 */
public record ReloadState(
        List<FileState> files, long accepted, long refused, Instant looked, Optional<String> trouble) {
    public ReloadState {
        files = List.copyOf(files);
    }

    /** The files of which the newest version is not in force because it is refused. */
    public List<FileState> problems() {
        return files.stream()
                .filter(file -> file.status() == FileState.Status.REFUSED)
                .toList();
    }
}
