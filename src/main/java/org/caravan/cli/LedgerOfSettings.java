package org.caravan.cli;

import com.zaxxer.hikari.HikariConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.StartedBy;
import org.caravan.ledger.store.EmbeddedFile;
import org.caravan.ledger.store.JdbcLedger;
import org.caravan.settings.LedgerSettings;
import org.caravan.settings.SecretSettings;
import org.caravan.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger that the settings {@code ledger.*} name. Connects when it is first used. The owner closes it. */
final class LedgerOfSettings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerOfSettings.class);
    private static final int MAX_CONNECTIONS = 4;

    private final JdbcLedger ledger;
    private final AutoCloseable database;
    private final boolean file;
    private CompletableFuture<Boolean> prepared = CompletableFuture.completedFuture(false);

    private LedgerOfSettings(JdbcLedger ledger, AutoCloseable database, boolean file) {
        this.ledger = ledger;
        this.database = database;
        this.file = file;
    }

    static LedgerOfSettings open(Settings settings, StartedBy startedBy) {
        LedgerSettings wanted = LedgerSettings.of(settings);
        String url = wanted.url();
        Origin origin = Origin.here(startedBy, SecretSettings.version(settings));
        Secrets secrets = SecretSettings.of(settings);
        if (!EmbeddedFile.isMeantBy(url)) {
            LazyPool pool = new LazyPool(config(wanted));
            return new LedgerOfSettings(new JdbcLedger(pool, origin, secrets, wanted.lockExpiry()), pool, false);
        }
        String user = wanted.user().orElse("sa");
        String password = wanted.password().orElse("");
        if (startedBy == StartedBy.COMMAND) {
            DataSource database = EmbeddedFile.briefly(url, user, password);
            AutoCloseable compaction = () -> EmbeddedFile.compact(url, user, password);
            return new LedgerOfSettings(
                    new JdbcLedger(database, origin, secrets, wanted.lockExpiry()), compaction, true);
        }
        DataSource database = EmbeddedFile.at(url, user, password);
        return new LedgerOfSettings(new JdbcLedger(database, origin, secrets, wanted.lockExpiry()), () -> {}, true);
    }

    /** More connections to the same database, for Quartz; closed by the caller. */
    static LazyPool clustered(Settings settings) {
        LedgerSettings wanted = LedgerSettings.of(settings);
        if (EmbeddedFile.isMeantBy(wanted.url())) {
            throw new CaravanException(
                    Category.CONFIG,
                    "schedule.clustered=true needs a ledger that several nodes share: set ledger.url to"
                            + " jdbc:postgresql://<host>:5432/<database>; it is a file, '" + wanted.url() + "'.");
        }
        HikariConfig config = config(wanted);
        config.setPoolName("quartz");
        return new LazyPool(config);
    }

    private static HikariConfig config(LedgerSettings wanted) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("ledger");
        config.setJdbcUrl(wanted.url());
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
        wanted.user().ifPresent(config::setUsername);
        wanted.password().ifPresent(config::setPassword);
        return config;
    }

    JdbcLedger ledger() {
        return ledger;
    }

    /** Opens a ledger in a file while the caller goes on; if that fails, the first use tries again and tells why. */
    void prepare() {
        if (file) {
            prepared = Ahead.of("ledger", this::opens);
        }
    }

    private boolean opens() {
        try {
            ledger.open();
            return true;
        } catch (CaravanException e) {
            LOG.debug("The ledger does not open", e);
            return false;
        }
    }

    @Override
    public void close() {
        boolean open = prepared.exceptionally(error -> false).join();
        LOG.debug("The ledger was opened ahead: {}", open);
        ledger.close();
        try {
            database.close();
        } catch (Exception e) {
            LOG.debug("The ledger's file is not compacted now", e);
        }
    }
}
