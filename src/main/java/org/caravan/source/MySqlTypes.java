package org.caravan.source;

import java.sql.Types;
import java.util.Locale;
import org.caravan.schema.ColumnType;

/**
 * The types of MySQL and MariaDB, by either driver.
 *
 * @see <a href="https://dev.mysql.com/doc/connector-j/en/connector-j-reference-type-conversions.html">Java, JDBC, and MySQL
 *     Types</a>
 * @see <a href="https://github.com/mysql/mysql-connector-j/blob/release/8.x/src/main/core-api/java/com/mysql/cj/MysqlType.java">the
 *     JDBC type of each</a>
 */
final class MySqlTypes implements SourceTypes {
    private static final CommonTypes COMMON = new CommonTypes();
    private static final int BIGINT_UNSIGNED_DIGITS = 20;

    private final boolean knowsZone;

    /**
     * @param url the connection's: the drivers take the time zone of the Java process for the session's unless told otherwise, see
     *     <a href="https://dev.mysql.com/doc/connector-j/en/connector-j-time-instants.html">Preserving Time Instants</a>
     */
    MySqlTypes(String url) {
        String settings = url.toLowerCase(Locale.ROOT);
        this.knowsZone = (settings.contains("connectiontimezone=") && !settings.contains("connectiontimezone=local"))
                || settings.contains("servertimezone=")
                || settings.contains("forceconnectiontimezonetosession=true");
    }

    @Override
    public SourceType of(JdbcColumn column) {
        String name = column.typeName();
        boolean unsigned = name.contains("unsigned");
        if (name.startsWith("year")) {
            return CommonTypes.integer(Short.BYTES).noted("as a number");
        }
        return switch (column.type()) {
            case Types.BIT, Types.BOOLEAN ->
                column.precision() > 1 && name.startsWith("bit")
                        ? bits(column.precision())
                        : SourceType.carried(Reading.ZERO_OR_ONE, new ColumnType.Bool())
                                .noted("must be 0 or 1; set columns.x.type=smallint for a TINYINT(1) that is more");
            case Types.TINYINT -> CommonTypes.integer(Short.BYTES);
            case Types.SMALLINT -> CommonTypes.integer(unsigned ? Integer.BYTES : Short.BYTES);
            case Types.INTEGER ->
                unsigned && !name.startsWith("mediumint")
                        ? CommonTypes.integer(Long.BYTES)
                        : CommonTypes.integer(Integer.BYTES);
            case Types.BIGINT ->
                unsigned ? CommonTypes.decimal(BIGINT_UNSIGNED_DIGITS, 0) : CommonTypes.integer(Long.BYTES);
            case Types.REAL -> rounded();
            case Types.FLOAT -> name.startsWith("float") ? rounded() : CommonTypes.doublePrecision();
            case Types.TIMESTAMP -> name.startsWith("timestamp") ? timestamp() : CommonTypes.local();
            case Types.TIME -> CommonTypes.shown(ColumnType.MAX_TEXT_BYTES, "as the text that MySQL shows");
            case Types.VARBINARY, Types.BINARY, Types.LONGVARBINARY, Types.BLOB ->
                name.startsWith("bit") ? bits(column.precision()) : CommonTypes.binary(column.precision());
            default -> name.equals("json") ? json() : COMMON.of(column);
        };
    }

    private static SourceType bits(int count) {
        return SourceType.carried(
                        Reading.BYTES, new ColumnType.Binary(Math.max(1, (count + Byte.SIZE - 1) / Byte.SIZE)))
                .noted("as bytes, the highest bit first");
    }

    private static SourceType json() {
        return CommonTypes.textBytes(0).noted("as the text that MySQL shows; columns.x.type=super makes it SUPER");
    }

    /**
     * Results of plain statements are text, in which MySQL gives a FLOAT no more than six digits.
     *
     * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/problems-with-float.html">Problems with Floating-Point Values</a>
     */
    private static SourceType rounded() {
        return SourceType.undecided(
                Reading.FLOAT,
                "MySQL sends a FLOAT with six digits, which is not exact; write CAST(… AS DOUBLE) in the SQL, or set"
                        + " columns.x.type=real to take what it sends");
    }

    private SourceType timestamp() {
        if (!knowsZone) {
            return SourceType.undecided(
                    Reading.INSTANT,
                    "the driver takes the time zone of this process for the session's, which may shift a TIMESTAMP;"
                            + " add connectionTimeZone=SERVER to the data source's URL, or set columns.x.type=text");
        }
        return CommonTypes.instant();
    }
}
