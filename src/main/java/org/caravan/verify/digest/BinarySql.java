package org.caravan.verify.digest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Storage;

/** Binary: the MD5 of the hexadecimal digits of each piece is a value, NULL where the value has no such piece. */
final class BinarySql extends ColumnSql {
    private final Storage storage;
    private final int chunks;

    BinarySql(SqlDialect dialect, Column column, int index, ColumnType.Binary type) {
        super(dialect, column, index);
        this.storage = column.storage();
        // A VARCHAR has no room for the digits of a second piece.
        this.chunks = storage == Storage.HEX ? 1 : BinaryDigest.chunks(type);
    }

    @Override
    List<String> values() {
        List<String> values = new ArrayList<>();
        values.add(dialect.md5(digits(0)) + " AS " + named(0));
        for (int k = 1; k < chunks; k++) {
            values.add("CASE WHEN " + dialect.byteCount(name) + " > " + k * BinaryDigest.CHUNK_BYTES + " THEN "
                    + dialect.md5(digits(k)) + " END AS " + named(k));
        }
        return values;
    }

    private String digits(int chunk) {
        return storage == Storage.HEX
                ? "LOWER(" + name + ")"
                : dialect.hexadecimal(name, 1 + chunk * BinaryDigest.CHUNK_BYTES, BinaryDigest.CHUNK_BYTES);
    }

    @Override
    List<String> step(int step) {
        return IntStream.range(0, chunks).mapToObj(this::named).toList();
    }

    @Override
    String form(Coefficients set) {
        List<String> terms = new ArrayList<>(List.of(hash(set, 0, named(0))));
        for (int k = 1; k < chunks; k++) {
            terms.add("COALESCE(" + hash(set, k, named(k)) + ", 0)");
        }
        return form(set, terms);
    }

    private String named(int chunk) {
        return "v" + index + "_" + chunk;
    }
}
