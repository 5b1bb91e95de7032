package org.caravan.sandbox.databricks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Cast;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.connector.expressions.aggregate.Max;
import org.apache.spark.sql.connector.expressions.aggregate.Min;
import org.apache.spark.sql.connector.expressions.aggregate.Sum;
import org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCScanBuilder;
import org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTable;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;

/**
 * Spark's push-down for one query, with aggregates of decimals made exact.
 *
 * <p>PostgreSQL gives SUM, MIN and MAX of a NUMERIC no precision, and Spark reads such a result as DECIMAL(38,18): it rounds
 * {@code MIN} of a NUMERIC(38,37) without a word and fails on a sum of 21 digits (seen with Spark 4.2.0). Redshift gives them a
 * precision (docs.aws.amazon.com/redshift/latest/dg/r_SUM.html). So the argument is told its type here, from which
 * {@link RedshiftDialect} gives the result one; what has no type to tell is left to Spark, which then reads the rows.
 */
final class ForeignScanBuilder extends JDBCScanBuilder {
    ForeignScanBuilder(JDBCScanBuilder plain, JDBCTable table) {
        super(plain.session(), table.schema(), plain.jdbcOptions(), plain.additionalMetrics());
    }

    @Override
    public boolean supportCompletePushDown(Aggregation aggregation) {
        return typed(aggregation).map(super::supportCompletePushDown).orElse(false);
    }

    @Override
    public boolean pushAggregation(Aggregation aggregation) {
        return typed(aggregation).map(super::pushAggregation).orElse(false);
    }

    private Optional<Aggregation> typed(Aggregation aggregation) {
        List<AggregateFunc> functions = new ArrayList<>();
        for (AggregateFunc function : aggregation.aggregateExpressions()) {
            Optional<AggregateFunc> typed = typed(function);
            if (typed.isEmpty()) {
                return Optional.empty();
            }
            functions.add(typed.get());
        }
        return Optional.of(new Aggregation(functions.toArray(AggregateFunc[]::new), aggregation.groupByExpressions()));
    }

    private Optional<AggregateFunc> typed(AggregateFunc function) {
        if (function instanceof Count || function instanceof CountStar) {
            return Optional.of(function);
        }
        if (function instanceof Sum sum) {
            return typed(sum.column()).map(column -> new Sum(column, sum.isDistinct()));
        }
        if (function instanceof Min min) {
            return typed(min.column()).map(Min::new);
        }
        if (function instanceof Max max) {
            return typed(max.column()).map(Max::new);
        }
        // Averages among them, which Redshift cuts to the scale of their argument; Spark then asks for sum and count
        // instead.
        return Optional.empty();
    }

    private Optional<Expression> typed(Expression argument) {
        if (argument instanceof Cast) {
            return Optional.of(argument);
        }
        if (!(argument instanceof NamedReference reference) || reference.fieldNames().length != 1) {
            return Optional.empty();
        }
        for (StructField field : schema().fields()) {
            if (field.name().equals(reference.fieldNames()[0])) {
                DataType type = field.dataType();
                return Optional.of(type instanceof DecimalType ? new Cast(argument, type, type) : argument);
            }
        }
        return Optional.empty();
    }
}
