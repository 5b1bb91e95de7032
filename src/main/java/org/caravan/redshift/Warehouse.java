package org.caravan.redshift;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import javax.sql.DataSource;

/**
 * The Redshift that sessions are opened to; immutable, and does not own the data source.
 *
 * @param settings the first word of the data source's settings, such as {@code redshift} for {@code redshift.url}
 * @param statementTimeout how long a statement may take; zero is for ever
 */
public record Warehouse(DataSource dataSource, String settings, Duration statementTimeout) {
    public Warehouse {
        requireNonNull(dataSource, "dataSource");
        requireNonNull(settings, "settings");
        requireNonNull(statementTimeout, "statementTimeout");
    }
}
