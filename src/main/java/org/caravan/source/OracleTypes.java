package org.caravan.source;

import java.sql.Types;
import org.caravan.schema.ColumnType;

/**
 * Oracle Database's types.
 *
 * @see <a href="https://docs.oracle.com/en/database/oracle/oracle-database/23/jjdbc/accessing-and-manipulating-Oracle-data.html">
 *     Accessing and Manipulating Oracle Data</a>
 * @see <a href="https://docs.oracle.com/en/database/oracle/oracle-database/23/jajdb/oracle/jdbc/OracleTypes.html">the driver's own
 *     numbers of types</a>
 */
final class OracleTypes implements SourceTypes {
    private static final int TIMESTAMPTZ = -101;
    private static final int TIMESTAMPLTZ = -102;
    private static final int INTERVALYM = -103;
    private static final int INTERVALDS = -104;
    private static final int BFILE = -13;
    private static final int BINARY_FLOAT = 100;
    private static final int BINARY_DOUBLE = 101;

    /** The scale that the driver gives NUMBER and FLOAT, whose values have any. */
    private static final int ANY_SCALE = -127;

    private static final String FINER = "a value finer than microseconds is refused";

    private static final CommonTypes COMMON = new CommonTypes();

    @Override
    public SourceType of(JdbcColumn column) {
        return switch (column.type()) {
            case Types.NUMERIC, Types.DECIMAL, Types.FLOAT ->
                CommonTypes.decimal(column.scale() == ANY_SCALE ? 0 : column.precision(), column.scale());
            case BINARY_FLOAT -> CommonTypes.real();
            case BINARY_DOUBLE -> CommonTypes.doublePrecision();
            // DATE has hours, minutes and seconds.
            case Types.DATE -> CommonTypes.local();
            case Types.TIMESTAMP ->
                column.typeName().equals("date")
                        ? CommonTypes.local()
                        : CommonTypes.local().noted(FINER);
            case TIMESTAMPTZ, Types.TIMESTAMP_WITH_TIMEZONE ->
                CommonTypes.instant().noted("the instant is kept, the zone is not; " + FINER);
            case TIMESTAMPLTZ -> CommonTypes.instant().noted(FINER);
            case INTERVALYM, INTERVALDS, Types.ROWID ->
                CommonTypes.shown(ColumnType.MAX_TEXT_BYTES, "as the text that Oracle's driver shows");
            case Types.SQLXML, Types.STRUCT, Types.ARRAY, Types.REF, BFILE -> cast(column);
            default -> column.typeName().equals("json") ? cast(column) : COMMON.of(column);
        };
    }

    private static SourceType cast(JdbcColumn column) {
        return SourceType.undecided(
                Reading.SHOWN,
                "type " + column.typeName() + " has no text by the driver; turn it into text in the SQL, such as by"
                        + " XMLSERIALIZE or JSON_SERIALIZE … RETURNING CLOB");
    }
}
