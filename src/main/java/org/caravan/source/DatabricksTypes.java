package org.caravan.source;

import java.sql.Types;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.schema.ColumnType;

/**
 * The types of Databricks and Spark. A STRING has no length: the driver says 255. Time stamps come as java.sql.Timestamp only.
 *
 * @see <a href="https://docs.databricks.com/aws/en/integrations/jdbc-oss/">Databricks JDBC driver</a>
 * @see <a href="https://github.com/databricks/databricks-jdbc/blob/main/src/main/java/com/databricks/jdbc/common/util/DatabricksTypeUtil.java">
 *     the JDBC type of each</a>
 */
final class DatabricksTypes implements SourceTypes {
    private static final CommonTypes COMMON = new CommonTypes();
    private static final Pattern LENGTH = Pattern.compile("(?:var)?char\\((\\d{1,9})\\).*");

    private final boolean fixedZone;

    /** @param fixedZone whether the time zone of this process has no changes, so that every local time exists in it */
    DatabricksTypes(boolean fixedZone) {
        this.fixedZone = fixedZone;
    }

    @Override
    public SourceType of(JdbcColumn column) {
        String name = column.typeName();
        if (name.startsWith("array")
                || name.startsWith("map")
                || name.startsWith("struct")
                || name.startsWith("variant")) {
            return CommonTypes.shown(ColumnType.MAX_TEXT_BYTES, "as the text that Databricks shows");
        }
        if (name.startsWith("interval") || name.startsWith("geo") || name.equals("void") || name.equals("null")) {
            return CommonTypes.shown(ColumnType.MAX_TEXT_BYTES, "as the text that Databricks shows");
        }
        return switch (column.type()) {
            case Types.VARCHAR, Types.CHAR, Types.NVARCHAR, Types.NCHAR, Types.LONGVARCHAR -> {
                Matcher length = LENGTH.matcher(name);
                yield CommonTypes.text(length.matches() ? Integer.parseInt(length.group(1)) : 0);
            }
            case Types.BINARY, Types.VARBINARY -> CommonTypes.binary(0);
            case Types.FLOAT -> name.startsWith("float") ? CommonTypes.real() : CommonTypes.doublePrecision();
            case Types.TIMESTAMP ->
                name.equals("timestamp_ntz") ? CommonTypes.oldLocal(fixedZone) : CommonTypes.oldInstant();
            default -> COMMON.of(column);
        };
    }
}
