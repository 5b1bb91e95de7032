package org.caravan.bench;

/**
 * What a process took.
 *
 * @param wall seconds from its start to its end
 * @param cpu seconds of processor time, its own and the kernel's for it
 * @param peakBytes the most memory that was resident at a time; 0 where the system does not tell
 */
record Measured(int exitCode, double wall, double cpu, long peakBytes, String output) {}
