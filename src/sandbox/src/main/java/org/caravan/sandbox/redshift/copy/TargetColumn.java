package org.caravan.sandbox.redshift.copy;

import java.util.List;
import java.util.Locale;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;

/**
 * A column of the table that a COPY loads.
 *
 * @param type the type's name in pg_type
 * @param length the length of text, the precision of a decimal
 * @param scale the scale of a decimal
 */
public record TargetColumn(String name, String type, int length, int scale, boolean notNull) {
    /** The catalogue query for {@link #of}. */
    public static String query(TableName table) {
        return "select a.attname, t.typname, a.atttypmod, a.attnotnull, a.attidentity, c.relkind, c.oid"
                + " from pg_catalog.pg_class c left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
                + " left join pg_catalog.pg_type t on t.oid = a.atttypid where c.oid = pg_catalog.to_regclass("
                + Token.literal(table.sql()) + ") order by a.attnum";
    }

    public static TargetColumn of(List<String> row) {
        int modifier = row.get(2).isEmpty() ? -1 : Integer.parseInt(row.get(2));
        boolean decimal = row.get(1).equals("numeric");
        int size = modifier < 4 ? -1 : modifier - 4;
        return new TargetColumn(
                row.get(0),
                row.get(1),
                decimal && size >= 0 ? size >>> 16 : size,
                decimal && size >= 0 ? size & 0x7ff : 0,
                row.get(3).equals("t"));
    }

    /** The type as Spectrum's messages name it. */
    String spectrumType() {
        return switch (type) {
            case "int2" -> "SMALLINT";
            case "int4" -> "INT";
            case "int8" -> "BIGINT";
            case "float4" -> "REAL";
            case "float8" -> "DOUBLE";
            case "bool" -> "BOOLEAN";
            case "bpchar" -> "CHAR";
            case "numeric" -> "DECIMAL(" + length + "," + scale + ")";
            default -> type.toUpperCase(Locale.ROOT);
        };
    }
}
