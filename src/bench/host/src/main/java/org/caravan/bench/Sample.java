package org.caravan.bench;

import java.util.Optional;

/**
 * What one contender took in one round.
 *
 * @param wall seconds of the whole process
 * @param work seconds from the first query until the last file was closed; the whole process where that is all there is
 * @param cpu seconds of processor time of the process
 * @param peakBytes its peak resident memory
 * @param rows the rows found in its files, or that it read
 * @param bytes of its files
 * @param problem what went wrong, if something did
 */
record Sample(
        String contender,
        int round,
        double wall,
        double work,
        double cpu,
        long peakBytes,
        long rows,
        long bytes,
        Optional<String> problem) {
    boolean isGood() {
        return problem.isEmpty();
    }
}
