package org.caravan.source;

import java.sql.Types;
import org.caravan.schema.ColumnType;

/**
 * Amazon Redshift's types. Lengths of its VARCHAR and CHAR are in bytes.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/mgmt/jdbc20-data-type-mapping.html">Data type mapping of the JDBC
 *     driver</a>
 */
final class RedshiftTypes implements SourceTypes {
    private static final PostgresTypes POSTGRES = new PostgresTypes();

    @Override
    public SourceType of(JdbcColumn column) {
        return switch (column.typeName()) {
            case "super" -> CommonTypes.textBytes(0).noted("as its JSON text; columns.x.type=super makes it SUPER");
            case "varbyte", "binary varying", "varbinary" -> CommonTypes.binary(column.precision());
            case "geometry", "geography", "time", "timetz", "intervaly2m", "intervald2s" ->
                CommonTypes.shown(ColumnType.MAX_TEXT_BYTES, "as the text that Redshift shows");
            default ->
                switch (column.type()) {
                    case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> CommonTypes.binary(column.precision());
                    case Types.VARCHAR, Types.CHAR ->
                        // PostgreSQL's "char" of the catalogue, or Redshift's CHAR.
                        column.typeName().equals("char") && column.precision() <= 1
                                ? POSTGRES.of(column)
                                : CommonTypes.textBytes(column.precision());
                    default -> POSTGRES.of(column);
                };
        };
    }
}
