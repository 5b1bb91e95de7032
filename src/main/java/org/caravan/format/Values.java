package org.caravan.format;

import java.util.Arrays;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Statistics;

/**
 * The values (without NULLs) of a column's open page and row group, and the choice between dictionary and plain encoding:
 * a row group begins with a dictionary, gives it up after the first page (or sooner) if it saves nothing, and stops adding to it when it
 * is too large; later pages are plain then.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">Encodings</a>
 */
abstract class Values {
    private static final int INITIAL_VALUES = 64;

    /** So many values tell whether a column is still as it was in the row group before, where a dictionary saved nothing. */
    private static final int TRIAL = 2048;

    /** The open page's values as PLAIN encodes them, unless they go by the dictionary. */
    final Buffer plain = new Buffer();

    /** The open page's values as indexes of the dictionary. */
    int[] indexes = new int[INITIAL_VALUES];

    /** The values in the open page. */
    int count;

    /** Whether values are added to the dictionary. */
    boolean coding;

    private final int dictionaryLimit;
    private boolean dictionaryInUse;
    private boolean savedNothing;
    private boolean savedNothingBefore;

    Values(int dictionaryLimit) {
        this.dictionaryLimit = dictionaryLimit;
        this.coding = dictionaryLimit > 0;
    }

    /** The size of the open page's values in PLAIN encoding. */
    abstract long plainBytes();

    abstract int dictionarySize();

    /** The size of the dictionary's page. */
    abstract int dictionaryBytes();

    /** The memory that the dictionary takes. */
    abstract long dictionaryHeldBytes();

    abstract void putDictionary(Buffer out);

    abstract void putPlain(int index);

    /** Lets the dictionary's values count for the statistics. */
    abstract void observeDictionary();

    abstract void clearDictionary(int mostRetained);

    /** Sets the least and the largest value of the row group, if they are known and sound. */
    abstract void putStatistics(Statistics statistics);

    abstract void clearStatistics();

    /** Makes room for so many values more. */
    final void reserve(int values) {
        int needed = count + values;
        if (coding && needed > indexes.length) {
            indexes = Arrays.copyOf(indexes, Math.max(needed, indexes.length * 2));
        }
    }

    /**
     * Gives the dictionary up within its first page, if it saved nothing in the row group before and hardly a value repeats: in wide
     * tables the first page is a large part of a row group.
     */
    final void reconsiderDictionary() {
        if (savedNothingBefore
                && coding
                && !dictionaryInUse
                && count >= TRIAL
                && dictionarySize() > count - count / Byte.SIZE) {
            giveUpDictionary();
        }
    }

    /** Ends the page: appends its values and returns how they are encoded. */
    final Encoding endPage(Buffer out) {
        if (coding && !dictionaryInUse && !dictionaryPays()) {
            giveUpDictionary();
        }
        Encoding encoding;
        if (coding && count > 0) {
            int width = indexWidth();
            out.write(width);
            HybridRle.encode(indexes, count, width, out);
            dictionaryInUse = true;
            // Not RLE_DICTIONARY, its new name: every reader of version 1 pages knows this one, and parquet-java writes
            // it.
            encoding = Encoding.PLAIN_DICTIONARY;
        } else {
            out.put(plain);
            encoding = Encoding.PLAIN;
        }
        plain.clear();
        count = 0;
        clearPage();
        if (isDictionaryFull()) {
            coding = false;
        }
        return encoding;
    }

    /** Forgets what a subclass knows of the page that ended. */
    abstract void clearPage();

    /** Whether this page should end, so that the next one can be plain. */
    final boolean isDictionaryFull() {
        return coding && dictionaryBytes() > dictionaryLimit;
    }

    /** Whether the row group needs a dictionary page. */
    final boolean hasDictionary() {
        return dictionaryInUse;
    }

    /** Makes ready for the next row group, keeping buffers up to a size. */
    final void endRowGroup(int mostRetained) {
        clearDictionary(mostRetained);
        clearStatistics();
        plain.release(mostRetained);
        if ((long) indexes.length * Integer.BYTES > mostRetained) {
            indexes = new int[INITIAL_VALUES];
        }
        dictionaryInUse = false;
        savedNothingBefore = savedNothing;
        savedNothing = false;
        coding = dictionaryLimit > 0;
    }

    /** The memory taken, in bytes. */
    final long heldBytes() {
        return plain.size() + (coding ? (long) count * Integer.BYTES : 0) + dictionaryHeldBytes();
    }

    /** The size of the open page's values as they would be encoded now, before compression. */
    final long pageBytes() {
        return coding ? (long) count * indexWidth() / Byte.SIZE : plain.size();
    }

    /** The size of the open page and the dictionary as they would be encoded now, before compression. */
    final long encodedBytes() {
        long dictionary = coding || dictionaryInUse ? dictionaryBytes() : 0;
        return dictionary + pageBytes();
    }

    private boolean dictionaryPays() {
        return count == 0 || dictionaryBytes() + pageBytes() < plainBytes();
    }

    private void giveUpDictionary() {
        for (int i = 0; i < count; i++) {
            putPlain(indexes[i]);
        }
        observeDictionary();
        clearDictionary(0);
        savedNothing = true;
        coding = false;
    }

    /** At least one bit, though a single value would need none: no reader has to be trusted with a width of zero. */
    private int indexWidth() {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(dictionarySize() - 1));
    }
}
