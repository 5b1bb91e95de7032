package org.caravan.source;

import java.sql.Types;
import org.caravan.schema.ColumnType;

/**
 * Snowflake's types. Its driver knows no java.time, and calls every whole number BIGINT, which of up to 38 digits it is not.
 *
 * @see <a href="https://docs.snowflake.com/en/developer-guide/jdbc/jdbc-api">JDBC driver API</a>
 * @see <a href="https://github.com/snowflakedb/snowflake-jdbc/blob/master/src/main/java/net/snowflake/client/core/ColumnTypeHelper.java">
 *     the JDBC types of time stamps</a>
 */
final class SnowflakeTypes implements SourceTypes {
    private static final CommonTypes COMMON = new CommonTypes();
    private static final int MAX_DIGITS = 38;

    /** The length that a BINARY has if none is declared. */
    private static final int ANY_BINARY = 8_388_608;

    private static final String JSON = "as its JSON text; columns.x.type=super makes it SUPER";

    private final boolean fixedZone;

    /** @param fixedZone whether the time zone of this process has no changes, so that every local time exists in it */
    SnowflakeTypes(boolean fixedZone) {
        this.fixedZone = fixedZone;
    }

    @Override
    public SourceType of(JdbcColumn column) {
        return switch (column.typeName().replace("_", "")) {
            case "number", "fixed", "decimal", "numeric" ->
                CommonTypes.decimal(column.precision() > 0 ? column.precision() : MAX_DIGITS, column.scale());
            case "variant", "object", "array", "map" -> CommonTypes.textBytes(0).noted(JSON);
            case "timestampltz", "timestamptz" ->
                CommonTypes.oldInstant().noted("the instant is kept, the offset is not");
            case "timestampntz", "timestamp", "datetime" -> CommonTypes.oldLocal(fixedZone);
            case "date" -> SourceType.carried(Reading.OLD_DATE, new ColumnType.Date());
            case "time" ->
                SourceType.undecided(
                        Reading.SHOWN,
                        "the driver shows a TIME by TIME_OUTPUT_FORMAT, by default without its fraction; write"
                                + " TO_VARCHAR(…, 'HH24:MI:SS.FF9') in the SQL, or set columns.x.type=text to take what it shows");
            case "binary", "varbinary" -> CommonTypes.binary(column.precision() >= ANY_BINARY ? 0 : column.precision());
            case "geography", "geometry", "vector" ->
                CommonTypes.shown(ColumnType.MAX_TEXT_BYTES, "as the text that Snowflake shows");
            default -> column.type() == Types.BIGINT ? CommonTypes.decimal(MAX_DIGITS, 0) : COMMON.of(column);
        };
    }
}
