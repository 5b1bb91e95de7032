package org.caravan.sandbox.redshift.unload;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravan.sandbox.redshift.wire.HiddenQuery;

/**
 * A column of the unloaded query.
 *
 * @param length the length of text in bytes, or the precision of a decimal; empty if the query does not tell
 * @param scale the scale of a decimal
 */
record ResultColumn(String name, Type type, Optional<Integer> length, int scale) {
    /** Redshift's types by PostgreSQL's numbers, and the names that a verbose manifest gives them. */
    enum Type {
        SMALLINT(21, "smallint"),
        INTEGER(23, "integer"),
        BIGINT(20, "bigint"),
        REAL(700, "real"),
        DOUBLE(701, "double precision"),
        BOOLEAN(16, "boolean"),
        DECIMAL(1700, "numeric"),
        CHAR(1042, "character"),
        VARCHAR(1043, "character varying"),
        TEXT(25, "character varying"),
        DATE(1082, "date"),
        TIMESTAMP(1114, "timestamp without time zone"),
        TIMESTAMPTZ(1184, "timestamp with time zone"),
        TIME(1083, "time without time zone"),
        TIMETZ(1266, "time with time zone"),
        SUPER(3802, "super"),
        VARBYTE(17, "varbyte"),
        OTHER(0, "other");

        private final int number;
        private final String title;

        Type(int number, String title) {
            this.number = number;
            this.title = title;
        }

        /** The types of names and of literals without a type are text to a client. */
        private static final Set<Integer> TEXTS = Set.of(19, 705);

        static Type of(int number) {
            if (TEXTS.contains(number)) {
                return TEXT;
            }
            for (Type type : values()) {
                if (type.number == number) {
                    return type;
                }
            }
            return OTHER;
        }

        /** The name that Redshift's errors and manifests use. */
        String title() {
            return title;
        }
    }

    static ResultColumn of(HiddenQuery.Column column) {
        Type type = Type.of(column.type());
        int size = column.modifier() - 4;
        if (size < 0) {
            return new ResultColumn(column.name(), type, Optional.empty(), 0);
        }
        return type == Type.DECIMAL
                ? new ResultColumn(column.name(), type, Optional.of(size >>> 16), size & 0x7ff)
                : new ResultColumn(column.name(), type, Optional.of(size), 0);
    }

    boolean isCharacter() {
        return type == Type.CHAR || type == Type.VARCHAR || type == Type.TEXT || type == Type.OTHER;
    }

    boolean isNumber() {
        return switch (type) {
            case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> true;
            default -> false;
        };
    }

    /**
     * The type as a verbose manifest shows it. The guide's example has a bare number for the length, which is no JSON; the key
     * {@code max_length} was read on the real service (https://github.com/felipenoris/serialize-db, plan/redshift.md).
     */
    Map<String, Object> manifestType() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("base", type.title);
        if (type == Type.DECIMAL) {
            shown.put("precision", length.orElse(38));
            shown.put("scale", scale);
        } else if (type == Type.CHAR || type == Type.VARCHAR) {
            shown.put("max_length", length.orElse(65535));
        }
        return shown;
    }
}
