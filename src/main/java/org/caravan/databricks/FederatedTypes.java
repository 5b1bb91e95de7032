package org.caravan.databricks;

import org.caravan.schema.ColumnType;

/**
 * The types that a foreign catalog over Redshift shows for the types of a target table; stateless.
 *
 * @see <a href="https://docs.databricks.com/aws/en/query-federation/redshift#data-type-mappings">Run federated queries on Amazon
 *     Redshift, data type mappings</a>
 */
public final class FederatedTypes {
    private FederatedTypes() {}

    /** TIMESTAMP unless the connection has infer_timestamp_ntz_type, which makes TIMESTAMP_NTZ of a time without zone. */
    public static String of(ColumnType type) {
        if (type instanceof ColumnType.Bool) {
            return "BOOLEAN";
        }
        if (type instanceof ColumnType.Int integer) {
            return integer.bytes() == Long.BYTES ? "BIGINT" : "INT";
        }
        if (type instanceof ColumnType.FloatingPoint number) {
            return number.bytes() == Float.BYTES ? "FLOAT" : "DOUBLE";
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        if (type instanceof ColumnType.Binary) {
            return "BINARY";
        }
        if (type instanceof ColumnType.Date) {
            return "DATE";
        }
        return type instanceof ColumnType.Timestamp ? "TIMESTAMP" : "STRING";
    }
}
