package org.caravan.sandbox.databricks;

import java.util.Set;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TruncatableTable;
import org.apache.spark.sql.execution.datasources.jdbc.JDBCOptions;
import org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCScanBuilder;
import org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTable;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A table of a foreign catalog: Spark's JDBC table without its means to write. */
final class ForeignTable extends JDBCTable implements TruncatableTable {
    ForeignTable(JDBCTable table) {
        super(table.ident(), table.schema(), table.jdbcOptions(), scala.collection.immutable.Map$.MODULE$.empty());
    }

    /** The same table, of which no row can be seen. */
    static ForeignTable withoutRows(JDBCTable table) {
        JDBCOptions options = table.jdbcOptions();
        JDBCOptions none = new JDBCOptions(
                options.url(),
                "(SELECT * FROM " + options.tableOrQuery() + " WHERE 1 = 0) nothing",
                options.parameters());
        return new ForeignTable(
                new JDBCTable(table.ident(), table.schema(), none, scala.collection.immutable.Map$.MODULE$.empty()));
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public JDBCScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        return new ForeignScanBuilder(super.newScanBuilder(options), this);
    }

    /** Spark asks for the means to truncate before it tells anyone that it wants to write. */
    @Override
    public boolean truncateTable() {
        throw Refused.readOnly("TRUNCATE TABLE", name());
    }
}
