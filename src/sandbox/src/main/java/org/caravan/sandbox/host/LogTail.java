package org.caravan.sandbox.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, for a message about a process that failed. */
final class LogTail {
    private static final int LINES = 8;

    private LogTail() {}

    static String of(Path log) {
        String where = "Its log is " + log;
        try {
            List<String> lines = Files.readAllLines(log);
            List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
            return last.isEmpty() ? where : where + ", which ends with:\n  " + String.join("\n  ", last);
        } catch (IOException e) {
            return where;
        }
    }
}
