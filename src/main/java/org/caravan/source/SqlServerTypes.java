package org.caravan.source;

import java.sql.Types;
import org.caravan.schema.ColumnType;

/**
 * Microsoft SQL Server's types.
 *
 * @see <a href="https://learn.microsoft.com/en-us/sql/connect/jdbc/using-basic-data-types">Using basic JDBC data types</a>
 */
final class SqlServerTypes implements SourceTypes {
    /**
     * The driver's own numbers of types: https://github.com/microsoft/mssql-jdbc/blob/main/src/main/java/microsoft/sql/Types.java.
     */
    private static final int DATETIMEOFFSET = -155;

    private static final CommonTypes COMMON = new CommonTypes();
    private static final int UUID_LENGTH = 36;
    private static final int MONEY_DIGITS = 19;
    private static final int SMALLMONEY_DIGITS = 10;
    private static final int MONEY_SCALE = 4;

    @Override
    public SourceType of(JdbcColumn column) {
        if (column.type() == DATETIMEOFFSET) {
            return CommonTypes.instant()
                    .noted("the instant is kept, the offset is not; a value finer than microseconds is refused");
        }
        return switch (column.typeName()) {
            case "datetime2" -> CommonTypes.local().noted("a value finer than microseconds is refused");
            case "datetime", "smalldatetime" -> CommonTypes.local();
            case "money" -> CommonTypes.decimal(MONEY_DIGITS, MONEY_SCALE);
            case "smallmoney" -> CommonTypes.decimal(SMALLMONEY_DIGITS, MONEY_SCALE);
            case "uniqueidentifier" -> SourceType.carried(Reading.TEXT, new ColumnType.Text(UUID_LENGTH));
            case "time" -> CommonTypes.shown(ColumnType.MAX_TEXT_BYTES, "as the text that SQL Server shows");
            case "xml" -> CommonTypes.textBytes(0);
            case "geometry", "geography", "hierarchyid", "sql_variant", "vector" ->
                SourceType.undecided(
                        Reading.SHOWN,
                        "type " + column.typeName() + " is not read exactly; cast it in the SQL, such as by .ToString()"
                                + " or CAST(… AS nvarchar(max))");
            // Of 0 to 255, which a smallint holds.
            case "tinyint" -> CommonTypes.integer(Short.BYTES);
            default ->
                column.type() == Types.BIT
                        ? SourceType.carried(Reading.BOOLEAN, new ColumnType.Bool())
                        : COMMON.of(column);
        };
    }
}
