package org.caravan.source.watermark;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.source.parameter.Bindings;
import org.caravan.source.parameter.ParameterValue;
import org.caravan.source.split.KeyColumn;

/**
 * Asks the source where an increment ends. Times end at the source's own clock: a row that bears a time of the future, by mistake
 * or by another machine's clock, is left to a later run, while the greatest value of the column would take the mark there and skip
 * all that comes before. Numbers have no clock and end behind the greatest one. Immutable.
 *
 * @param zone in which times and dates without a zone are those of the clock
 * @param comment ends each statement
 */
record UpperBound(Watermark watermark, ZoneId zone, String comment) {
    UpperBound {
        requireNonNull(watermark, "watermark");
        requireNonNull(zone, "zone");
        requireNonNull(comment, "comment");
    }

    /** Whether the source is asked for no more than the time. */
    boolean isClock() {
        return !watermark.isQuery() && watermark.type().isTime();
    }

    /** Who is asked, as messages say it. */
    String origin() {
        if (watermark.isQuery()) {
            return "the query of watermark";
        }
        return isClock() ? "the source's clock" : "the greatest " + watermark.what() + " of the query";
    }

    /**
     * Asks.
     *
     * @param connection in no transaction
     * @param bindings those of the query, with an upper bound that leaves nothing out
     * @return empty if the source has no value
     */
    Optional<ParameterValue> ask(Connection connection, String sql, Bindings bindings) throws SQLException {
        if (isClock()) {
            return Optional.of(clock(connection));
        }
        if (watermark.isQuery()) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(watermark.what() + "\n" + comment)) {
                return value(rows);
            }
        }
        String label = KeyColumn.find(connection, sql, bindings, "watermark", watermark.what())
                .label();
        String quote = connection.getMetaData().getIdentifierQuoteString().strip();
        String greatest = "SELECT MAX(" + quote + label.replace(quote, quote + quote) + quote + ") FROM (\n" + sql
                + "\n) caravan_increment\n" + comment;
        try (PreparedStatement statement = bindings.prepare(connection, greatest);
                ResultSet rows = statement.executeQuery()) {
            return value(rows).map(watermark.type()::next);
        }
    }

    private ParameterValue clock(Connection connection) throws SQLException {
        SourceClock clock = SourceClock.of(connection)
                .orElseThrow(
                        () -> new CaravanException(
                                Category.CONFIG,
                                "It is not known how to ask this source's clock for the upper bound of watermark="
                                        + watermark.what()
                                        + ": say it as a query, such as watermark=SELECT CURRENT_TIMESTAMP, in the source's own SQL."));
        OffsetDateTime now = clock.now(connection, comment);
        return watermark
                .type()
                .value(
                        switch (watermark.type()) {
                            case TIMESTAMP -> now.atZoneSameInstant(zone).toLocalDateTime();
                            case DATE -> now.atZoneSameInstant(zone).toLocalDate();
                            default -> now;
                        });
    }

    private Optional<ParameterValue> value(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        Object value =
                switch (watermark.type()) {
                    case TIMESTAMPTZ -> rows.getObject(1, OffsetDateTime.class);
                    case TIMESTAMP -> rows.getObject(1, LocalDateTime.class);
                    case DATE -> rows.getObject(1, LocalDate.class);
                    case BIGINT -> number(rows);
                };
        return Optional.ofNullable(value).map(watermark.type()::value);
    }

    private static Object number(ResultSet rows) throws SQLException {
        long number = rows.getLong(1);
        return rows.wasNull() ? null : number;
    }
}
