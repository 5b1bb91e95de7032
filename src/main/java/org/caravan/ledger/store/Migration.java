package org.caravan.ledger.store;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;

/** Makes the ledger's tables, or brings those of an older version up to date. Other tables may stand in the same schema. */
final class Migration {
    /** The table in which Flyway notes what was done; not its usual one, which another application may use. */
    private static final String HISTORY = "caravan_schema";

    /** Any number, but the same on every node; these are the letters of "caravan". */
    private static final long ONE_AT_A_TIME = 0x63_61_72_61_76_61_6eL;

    private Migration() {}

    /**
     * Migrates a database.
     *
     * @param guard a connection to it in a transaction, which keeps others out: Flyway's own lock begins only after it has looked
     *     whether there is a history. H2's file is this process' as long as the connection is open.
     */
    static synchronized void run(DataSource database, Handle guard) throws SQLException {
        if (guard.getConnection().getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            guard.execute("SET LOCAL lock_timeout = '30s'");
            guard.execute("SELECT pg_advisory_xact_lock(?)", ONE_AT_A_TIME);
        }
        Flyway.configure(Migration.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:org/caravan/ledger/store")
                .table(HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                // A ledger of a build between two versions may lack a lower number than the last that it has.
                .outOfOrder(true)
                .load()
                .migrate();
    }
}
