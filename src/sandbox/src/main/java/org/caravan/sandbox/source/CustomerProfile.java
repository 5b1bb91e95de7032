package org.caravan.sandbox.source;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table {@code customer_profile}: {@value #ROWS} customers, the same at every scale and on every day, with every awkward
 * type and value that can be carried from PostgreSQL to Redshift. The first row is NULL but for its key.
 */
final class CustomerProfile {
    static final int ROWS = 1_000;
    static final String NAME = "customer_profile";

    private static final String KEY = "customer_id";

    private final List<ProfileColumn> columns = Stream.of(
                    ProfileTextColumns.all(),
                    ProfileNumberColumns.all(),
                    ProfileTimeColumns.all(),
                    ProfileOtherColumns.all())
            .flatMap(List::stream)
            .toList();

    /** Creates the types that the table needs. */
    String types() {
        return "create type customer_tier as enum ('bronze', 'silver', 'gold', 'très spécial')";
    }

    SourceTable table() {
        String ddl = columns.stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", ", KEY + " bigint not null, ", ""));
        return new SourceTable(NAME, ddl, KEY, 1, (out, part, parts) -> {
            for (int row = 1; row <= ROWS; row++) {
                out.number(row);
                for (ProfileColumn column : columns) {
                    out.text(column.value(row));
                }
                out.endRow();
            }
        });
    }

    /** The statements that describe the table and each column in the database itself. */
    List<String> comments() {
        List<String> comments = new ArrayList<>();
        comments.add("comment on table " + NAME
                + " is 'Made-up customers with awkward types and values; row 1 is all NULL'");
        comments.add("comment on column " + NAME + "." + KEY + " is 'The key, 1 to " + ROWS + "'");
        for (ProfileColumn column : columns) {
            comments.add("comment on column " + NAME + "." + column.name() + " is '"
                    + column.comment().replace("'", "''") + "'");
        }
        return comments;
    }
}
