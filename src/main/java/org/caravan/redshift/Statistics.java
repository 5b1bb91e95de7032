package org.caravan.redshift;

import java.sql.SQLException;
import java.util.Optional;
import org.caravan.ledger.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the statistics of a target, in a transaction of its own: the rows are published whether or not it can. Redshift skips a table
 * of which less than analyze_threshold_percent of the rows changed. Stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_ANALYZE.html">ANALYZE</a>
 */
final class Statistics {
    private static final Logger LOG = LoggerFactory.getLogger(Statistics.class);

    private Statistics() {}

    /** The statement, if one is asked for. */
    static Optional<String> statement(PublishRequest request) {
        String analyze = "ANALYZE " + RedshiftSql.quoted(request.target());
        return switch (request.options().analyze()) {
            case NONE -> Optional.empty();
            case ALL -> Optional.of(analyze);
            case PREDICATES -> Optional.of(analyze + " PREDICATE COLUMNS");
        };
    }

    static void analyze(Session session, Run run, PublishRequest request) {
        statement(request).ifPresent(sql -> {
            try {
                session.execute(sql);
                session.commit();
            } catch (SQLException e) {
                LOG.warn(
                        "{} run {}: the statistics of {} are not renewed: {}",
                        run.pipeline(),
                        run.id(),
                        request.target(),
                        e.getMessage());
            }
        });
    }
}
