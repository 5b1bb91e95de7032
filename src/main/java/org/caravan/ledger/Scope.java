package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.caravan.schema.Column;
import org.caravan.schema.TableName;

/** Which rows of a table are a run's, and what of them can be compared with the rows that were queried; immutable. */
public sealed interface Scope {
    /** All rows are the run's, in every value. */
    record Whole() implements Scope {}

    /**
     * The rows of the partitions that the run replaced are the run's, in every value.
     *
     * @param column a column of dates, integers or text
     * @param values the partitions, a date as 2026-01-31; empty means those of the staging table
     */
    record Partition(TableName staging, Column column, List<String> values) implements Scope {
        public Partition {
            requireNonNull(staging, "staging");
            requireNonNull(column, "column");
            values = List.copyOf(values);
        }
    }

    /** The rows whose keys stand in the run's staging table are as many as the run's, and if compared by value, are the run's. */
    record Keys(TableName staging, List<Column> columns, Compared compared) implements Scope {
        public Keys {
            requireNonNull(staging, "staging");
            requireNonNull(compared, "compared");
            columns = List.copyOf(columns);
        }
    }

    /** The run's rows stand among others and cannot be told from them; the table has so many rows in all. */
    record Total(long rows) implements Scope {}

    /** What is compared of the rows. */
    enum Compared {
        ROWS,
        VALUES
    }

    /** Whether the values of the rows can be compared, and not only how many rows there are. */
    default boolean hasValues() {
        return !(this instanceof Total) && !(this instanceof Keys keys && keys.compared() == Compared.ROWS);
    }
}
