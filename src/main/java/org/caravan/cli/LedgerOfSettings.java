package org.caravan.cli;

import com.zaxxer.hikari.HikariConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Origin;
import org.caravan.ledger.StartedBy;
import org.caravan.ledger.store.EmbeddedFile;
import org.caravan.ledger.store.JdbcLedger;

/** The ledger that the settings {@code ledger.*} name. Connects when it is first used. The owner closes it. */
final class LedgerOfSettings implements AutoCloseable {
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,4}s");
    private static final int MAX_CONNECTIONS = 4;

    private final JdbcLedger ledger;
    private final Optional<LazyPool> pool;

    private LedgerOfSettings(JdbcLedger ledger, Optional<LazyPool> pool) {
        this.ledger = ledger;
        this.pool = pool;
    }

    static LedgerOfSettings open(Settings settings, StartedBy startedBy) {
        String url = settings.find("ledger.url").orElseThrow();
        Duration expiry = expiry(settings);
        Optional<LazyPool> pool =
                EmbeddedFile.isMeantBy(url) ? Optional.empty() : Optional.of(new LazyPool(config(url, settings)));
        DataSource database = pool.<DataSource>map(made -> made)
                .orElseGet(() -> EmbeddedFile.at(
                        url,
                        settings.find("ledger.user").orElse("sa"),
                        settings.find("ledger.password").orElse("")));
        Origin origin = Origin.here(startedBy, SecretSettings.version(settings));
        return new LedgerOfSettings(new JdbcLedger(database, origin, SecretSettings.of(settings), expiry), pool);
    }

    private static HikariConfig config(String url, Settings settings) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new CaravanException(
                    Category.CONFIG,
                    "ledger.url must be jdbc:h2:file:<path>, for one machine, or jdbc:postgresql://<host>:5432/<database>,"
                            + " for several; it is '"
                            + SecretSettings.of(settings).masked(url) + "'.");
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName("ledger");
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
        settings.find("ledger.user").ifPresent(config::setUsername);
        settings.find("ledger.password").ifPresent(config::setPassword);
        return config;
    }

    private static Duration expiry(Settings settings) {
        String text = settings.find("ledger.lock-expiry").orElseThrow();
        if (!SECONDS.matcher(text).matches()) {
            throw new CaravanException(
                    Category.CONFIG,
                    "ledger.lock-expiry must be whole seconds, from 1s to 99999s, such as 60s; it is '" + text + "'.");
        }
        return Duration.ofSeconds(Integer.parseInt(text.substring(0, text.length() - 1)));
    }

    JdbcLedger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        ledger.close();
        pool.ifPresent(LazyPool::close);
    }
}
