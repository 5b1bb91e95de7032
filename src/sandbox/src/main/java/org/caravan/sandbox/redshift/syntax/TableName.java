package org.caravan.sandbox.redshift.syntax;

import java.util.List;
import java.util.Optional;

/** A table as a statement names it, in folded names without quotes. */
public record TableName(Optional<String> schema, String table) {
    public static TableName of(List<String> parts) {
        int last = parts.size() - 1;
        return new TableName(last == 0 ? Optional.empty() : Optional.of(parts.get(last - 1)), parts.get(last));
    }

    /** Whether its name alone makes it temporary: https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html */
    public boolean isTemporary() {
        return table.startsWith("#");
    }

    /** As SQL, every part quoted. */
    public String sql() {
        return schema.map(name -> Token.quote(name) + ".").orElse("") + Token.quote(table);
    }
}
