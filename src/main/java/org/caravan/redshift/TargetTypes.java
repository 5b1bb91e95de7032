package org.caravan.redshift;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.schema.ColumnType;

/** The types of a target's columns, as FORMAT_TYPE names them, and what these can hold; stateless. */
final class TargetTypes {
    private static final Pattern SIZED = Pattern.compile("(character varying|binary varying|varbyte)\\((\\d+)\\)");
    private static final Pattern NUMERIC = Pattern.compile("numeric\\((\\d+),(\\d+)\\)");
    private static final List<String> INTEGERS = List.of("smallint", "integer", "bigint");

    private TargetTypes() {}

    static boolean isText(String found) {
        return found.startsWith("character varying(");
    }

    /** Whether a column that cannot hold every value of a type could if it were wider, and keep every value that it has. */
    static boolean isNarrower(String found, ColumnType type) {
        Matcher sized = SIZED.matcher(found);
        if (type instanceof ColumnType.Text) {
            return isText(found);
        }
        if (type instanceof ColumnType.Binary) {
            return sized.matches() && !isText(found);
        }
        if (type instanceof ColumnType.Int) {
            return INTEGERS.contains(found);
        }
        Matcher numeric = NUMERIC.matcher(found);
        if (type instanceof ColumnType.Decimal decimal && numeric.matches()) {
            int scale = Integer.parseInt(numeric.group(2));
            int whole = Integer.parseInt(numeric.group(1)) - scale;
            return decimal.scale() >= scale && decimal.precision() - decimal.scale() >= whole;
        }
        return false;
    }

    /** Whether a column of a type can hold every value of another unchanged, so that the same SQL measures it. */
    static boolean holds(String found, ColumnType type) {
        Matcher sized = SIZED.matcher(found);
        if (type instanceof ColumnType.Text text) {
            return sized.matches()
                    && sized.group(1).startsWith("character")
                    && Integer.parseInt(sized.group(2)) >= text.maxBytes();
        }
        if (type instanceof ColumnType.Binary binary) {
            return sized.matches()
                    ? !sized.group(1).startsWith("character") && Integer.parseInt(sized.group(2)) >= binary.maxBytes()
                    : found.equals("varbyte") || found.equals("binary varying");
        }
        if (type instanceof ColumnType.Int) {
            return INTEGERS.indexOf(found) >= INTEGERS.indexOf(name(type));
        }
        return found.equals(name(type));
    }

    /** A type as FORMAT_TYPE names it. */
    private static String name(ColumnType type) {
        String sql = RedshiftSql.type(type);
        return switch (sql) {
            case "TIMESTAMP" -> "timestamp without time zone";
            case "TIMESTAMPTZ" -> "timestamp with time zone";
            default -> sql.startsWith("DECIMAL") ? sql.replace("DECIMAL", "numeric") : sql.toLowerCase(Locale.ROOT);
        };
    }
}
