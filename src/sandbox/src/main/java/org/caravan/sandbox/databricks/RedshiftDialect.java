package org.caravan.sandbox.databricks;

import java.util.Locale;
import org.apache.spark.sql.jdbc.PostgresDialect;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import scala.Option;

/**
 * Redshift for Spark's JDBC source: PostgreSQL's SQL with the types that Databricks documents for its foreign catalogs
 * (docs.databricks.com/aws/query-federation/redshift, "Data type mappings"). The driver reports times with a zone by JDBC types
 * that Spark does not map.
 */
final class RedshiftDialect extends PostgresDialect {
    @Override
    public boolean canHandle(String url) {
        return url.toLowerCase(Locale.ROOT).startsWith("jdbc:redshift:");
    }

    @Override
    public Option<DataType> getCatalystType(int sqlType, String typeName, int size, MetadataBuilder metadata) {
        return switch (typeName.toLowerCase(Locale.ROOT)) {
            case "super", "hllsketch" -> Option.apply(DataTypes.StringType);
            case "varbyte", "geometry", "geography" -> Option.apply(DataTypes.BinaryType);
            case "int2" -> Option.apply(DataTypes.IntegerType);
            case "timestamptz", "timetz" -> Option.apply(DataTypes.TimestampType);
            default -> super.getCatalystType(sqlType, typeName, size, metadata);
        };
    }

    // PostgresDialect is a case class without fields, so an unchanged subclass equals it, and registering the subclass would
    // replace the PostgreSQL dialect and switch off its push-down.
    @Override
    public boolean canEqual(Object other) {
        return other instanceof RedshiftDialect;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RedshiftDialect;
    }

    @Override
    public int hashCode() {
        return RedshiftDialect.class.hashCode();
    }
}
