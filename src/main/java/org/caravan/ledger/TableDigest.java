package org.caravan.ledger;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.caravan.schema.Columns;

/**
 * How Redshift computes the digest of a table, for those who may ask it but not know it. The one implementation is found by
 * {@link ServiceLoader}; stateless.
 */
public interface TableDigest {
    /** How Redshift is asked. */
    static TableDigest inRedshift() {
        return ServiceLoader.load(TableDigest.class, TableDigest.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No digest is on the class path"));
    }

    /**
     * The statements that together ask for the digest; each is answered by one row.
     *
     * @param from what stands behind FROM: a quoted table, or a subquery with its alias
     * @param columns the columns there, each in the storage that it has there
     * @param sample of about one row in how many the digest is; 1 for all
     */
    List<String> statements(String from, Columns columns, int sample);

    /**
     * The digest as text, as {@link Run#digests()} has it.
     *
     * @param sample as the statements were asked
     * @param answers the row that answers each statement, by column label
     * @throws CaravanException if the table changed between the statements
     */
    String read(Columns columns, int sample, List<Map<String, Object>> answers);

    /** Whether the same rows have the same digest in a table with one storage and in a table with another. */
    boolean isSame(Columns one, Columns other);
}
