package org.caravan.verify.digest;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.caravan.schema.Columns;
import org.caravan.schema.Storage;

/**
 * The digests of rows that have passed by, in whatever table they come to; immutable.
 *
 * @param asText with SUPER by its text
 * @param asSuper without it
 */
public record KeptDigest(Digest asText, Digest asSuper) {
    /** What an accumulator of such columns has by now. */
    public static KeptDigest of(DigestAccumulator accumulator, Columns columns) {
        return new KeptDigest(accumulator.digest(), accumulator.digest(columns.stored(type -> Storage.AS_IS)));
    }

    /** As {@link DigestAccumulator#digest(Columns)}. */
    public Digest digest(Columns table) {
        Digest kept = Coverage.leavesSuperOut(table) ? asSuper : asText;
        List<BigInteger> figures = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            figures.add(Coverage.covers(table.get(i)) ? kept.columns().get(i) : BigInteger.ZERO);
        }
        return new Digest(kept.sample(), kept.rows(), figures, kept.groups());
    }
}
