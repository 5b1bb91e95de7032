package org.caravan.source;

import java.sql.Types;
import org.caravan.schema.ColumnType;

/**
 * PostgreSQL's types. What has no counterpart is carried as the text that psql and COPY show, since the driver hands the server's text
 * on; a cast to text may differ, such as by the mask that it adds to an inet.
 *
 * @see <a href="https://github.com/pgjdbc/pgjdbc/blob/master/pgjdbc/src/main/java/org/postgresql/jdbc/TypeInfoCache.java">which
 *     JDBC type the driver gives each type</a>
 */
final class PostgresTypes implements SourceTypes {
    static final String AS_SHOWN = "as the text that PostgreSQL shows";

    private static final CommonTypes COMMON = new CommonTypes();
    private static final int UUID_LENGTH = 36;

    /** The one byte of "char" is shown as itself or as a backslash and three octal digits. */
    private static final int CHAR_BYTES = 4;

    /** The scale in a type modifier is a signed number of 11 bits, of which the driver takes no notice. */
    private static final int SCALES = 2048;

    private static final int LARGEST_SCALE = 1000;

    @Override
    public SourceType of(JdbcColumn column) {
        return switch (column.typeName()) {
            case "numeric" -> {
                int scale = column.scale() > LARGEST_SCALE ? column.scale() - SCALES : column.scale();
                yield CommonTypes.decimal(column.precision(), scale);
            }
            // Booleans, which the driver calls bits.
            case "bool" -> SourceType.carried(Reading.BOOLEAN, new ColumnType.Bool());
            case "bit" -> CommonTypes.shown(bits(column), AS_SHOWN);
            case "uuid" -> CommonTypes.shown(UUID_LENGTH, AS_SHOWN);
            case "char" -> SourceType.carried(Reading.TEXT, new ColumnType.Text(CHAR_BYTES));
            case "json" -> CommonTypes.textBytes(0).noted("as its text; columns.x.type=super makes it SUPER");
            case "jsonb" -> CommonTypes.textBytes(0).noted(AS_SHOWN + "; columns.x.type=super makes it SUPER");
            // The driver reads money through a double; its text is exact, in the format of lc_monetary.
            case "money" -> CommonTypes.shown(ColumnType.MAX_TEXT_BYTES, AS_SHOWN);
            case "timestamptz" -> CommonTypes.instant();
            case "timestamp" -> CommonTypes.local();
            default -> other(column);
        };
    }

    private static SourceType other(JdbcColumn column) {
        return switch (column.type()) {
            case Types.BINARY -> CommonTypes.binary(0);
            case Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.DOUBLE,
                    Types.CHAR,
                    Types.VARCHAR,
                    Types.DATE -> COMMON.of(column);
            default -> CommonTypes.shown(ColumnType.MAX_TEXT_BYTES, AS_SHOWN);
        };
    }

    private static int bits(JdbcColumn column) {
        boolean bounded = column.precision() > 0 && column.precision() <= ColumnType.MAX_TEXT_BYTES;
        return bounded ? column.precision() : ColumnType.MAX_TEXT_BYTES;
    }
}
