package org.caravan.ledger.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Makes the ledger's tables, or brings those of an older version up to date. Other tables may stand in the same schema. */
final class Migration {
    /** The table in which Flyway notes what was done; not its usual one, which another application may use. */
    static final String HISTORY = "caravan_schema";

    private Migration() {}

    static void run(DataSource database) {
        Flyway.configure(Migration.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:org/caravan/ledger/store")
                .table(HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
