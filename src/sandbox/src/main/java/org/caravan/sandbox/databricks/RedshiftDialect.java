package org.caravan.sandbox.databricks;

import java.util.Locale;
import org.apache.spark.sql.connector.expressions.Cast;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.aggregate.Max;
import org.apache.spark.sql.connector.expressions.aggregate.Min;
import org.apache.spark.sql.connector.expressions.aggregate.Sum;
import org.apache.spark.sql.jdbc.PostgresDialect;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MetadataBuilder;
import scala.Option;

/**
 * Redshift for Spark's JDBC source: PostgreSQL's SQL with the types that Databricks documents for its foreign catalogs
 * (docs.databricks.com/aws/query-federation/redshift, "Data type mappings"). The driver reports times with a zone by JDBC types
 * that Spark does not map. PostgreSQL itself, which Databricks maps the same way, is treated alike.
 */
final class RedshiftDialect extends PostgresDialect {
    private static final int MOST_DIGITS = 38;

    @Override
    public boolean canHandle(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return lower.startsWith("jdbc:redshift:") || lower.startsWith("jdbc:postgresql:");
    }

    /** Gives the result of a decimal aggregate its type, see {@link ForeignScanBuilder}. */
    @Override
    public Option<String> compileExpression(Expression expression) {
        Option<String> sql = super.compileExpression(expression);
        boolean sum = expression instanceof Sum;
        if (sql.isDefined()
                && (sum || expression instanceof Min || expression instanceof Max)
                && expression.children()[0] instanceof Cast cast
                && cast.dataType() instanceof DecimalType decimal) {
            int precision = sum ? MOST_DIGITS : decimal.precision();
            return Option.apply("CAST(" + sql.get() + " AS NUMERIC(" + precision + "," + decimal.scale() + "))");
        }
        return sql;
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

    // PostgresDialect is a case class without fields, so an unchanged subclass equals it, and registering or
    // unregistering one
    // would do it to the other.
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
