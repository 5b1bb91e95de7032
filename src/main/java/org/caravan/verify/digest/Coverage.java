package org.caravan.verify.digest;

import java.util.Optional;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.Storage;

/** Which columns of a table its digest covers: all but those that no engine's SQL can take exactly. */
final class Coverage {
    private static final String SUPER =
            "SUPER keeps no text: what JSON_SERIALIZE gives need not be what was parsed, and neither"
                    + " engine can take the MD5 of the value itself";

    private Coverage() {}

    /** Why a column has no part in the digest of the table that holds it; empty if it has. */
    static Optional<String> obstacle(Column column) {
        if (column.type() instanceof ColumnType.Super && column.storage() == Storage.AS_IS) {
            return Optional.of(SUPER);
        }
        if (column.type() instanceof ColumnType.Binary binary && !BinaryDigest.covers(binary)) {
            return Optional.of(
                    "Redshift's MD5 takes text of at most 65535 bytes, so that binary is digested in at most "
                            + BinaryDigest.MOST_CHUNKS + " pieces, " + BinaryDigest.MOST_BYTES
                            + " bytes; the column has room for "
                            + binary.maxBytes());
        }
        return Optional.empty();
    }

    static boolean covers(Column column) {
        return obstacle(column).isEmpty();
    }

    /**
     * Whether a table leaves its SUPER columns out.
     *
     * @throws IllegalArgumentException if it holds some as SUPER and some as text, for which no digest is kept
     */
    static boolean leavesSuperOut(Columns table) {
        long all = table.stream().filter(Coverage::isSuper).count();
        long out = table.stream()
                .filter(column -> isSuper(column) && !covers(column))
                .count();
        if (out != 0 && out != all) {
            throw new IllegalArgumentException("Of " + all + " SUPER columns " + out
                    + " are held as SUPER and the others as text; a table holds all in one way");
        }
        return out > 0;
    }

    static boolean isSuper(Column column) {
        return column.type() instanceof ColumnType.Super;
    }
}
