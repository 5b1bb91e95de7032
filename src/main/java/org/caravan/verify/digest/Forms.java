package org.caravan.verify.digest;

import java.util.Arrays;

/** A form in each of the two sets of coefficients for each row of a batch; reused from batch to batch. */
final class Forms {
    private long[] a = {};
    private long[] b = {};

    long[] a() {
        return a;
    }

    long[] b() {
        return b;
    }

    /** Makes room for so many rows and sets their forms to 0. */
    void clear(int rows) {
        if (rows > a.length) {
            a = new long[rows];
            b = new long[rows];
        }
        Arrays.fill(a, 0, rows, 0);
        Arrays.fill(b, 0, rows, 0);
    }
}
