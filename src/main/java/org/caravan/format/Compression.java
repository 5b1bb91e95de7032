package org.caravan.format;

/** How a file of text is compressed as a whole: what COPY reads of it. */
public enum Compression {
    NONE("", "", 0, 0, 0),
    /** Read by everything. */
    GZIP(".gz", " GZIP", 1, 9, 4),
    /** Smaller and several times faster than gzip. */
    ZSTD(".zst", " ZSTD", 1, 19, 1),
    /** Slow; the only one of the three that COPY splits among slices. The level is the size of a block in 100 kB. */
    BZIP2(".bz2", " BZIP2", 1, 9, 9);

    private final String suffix;
    private final String copyOption;
    private final int leastLevel;
    private final int mostLevel;
    private final int defaultLevel;

    Compression(String suffix, String copyOption, int leastLevel, int mostLevel, int defaultLevel) {
        this.suffix = suffix;
        this.copyOption = copyOption;
        this.leastLevel = leastLevel;
        this.mostLevel = mostLevel;
        this.defaultLevel = defaultLevel;
    }

    String suffix() {
        return suffix;
    }

    /** COPY's word for it after a blank, or nothing. */
    String copyOption() {
        return copyOption;
    }

    /** The level for a setting, of which 0 means the default. */
    int level(int setting) {
        if (setting == 0) {
            return defaultLevel;
        }
        if (setting < leastLevel || setting > mostLevel) {
            throw new IllegalArgumentException("level=" + setting + " does not fit compression=" + this
                    + (mostLevel == 0
                            ? ", which has none; leave it out"
                            : ", which has levels " + leastLevel + " to " + mostLevel + ", and 0 for its default of "
                                    + defaultLevel));
        }
        return setting;
    }
}
