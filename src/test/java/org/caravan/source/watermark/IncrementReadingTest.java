package org.caravan.source.watermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Increment;
import org.caravan.ledger.Mark;
import org.caravan.ledger.PublishedMarks;
import org.caravan.ledger.RunId;
import org.caravan.ledger.Warning;
import org.caravan.source.parameter.QueryParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bounds of a run over a database in this process. */
class IncrementReadingTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String SQL = "SELECT id, seen FROM t WHERE id >= :lowWater AND id < :highWater";

    private Connection source;

    @BeforeEach
    void open() throws SQLException {
        source = DriverManager.getConnection("jdbc:duckdb:");
        source.createStatement().execute("CREATE TABLE t AS SELECT 7 AS id, TIMESTAMP '2026-01-01 10:00:00' AS seen");
        source.createStatement().execute("INSERT INTO t VALUES (41, '2026-01-02 10:00:00')");
    }

    @AfterEach
    void close() throws SQLException {
        source.close();
    }

    @Test
    void endsTimesAtTheSourcesClock() throws SQLException {
        Increment increment = find("seen", "timestamptz", "10m", "2020-01-01T00:00:00Z", Optional.empty())
                .increment();

        assertThat(increment.low()).isEqualTo("2020-01-01T00:00Z");
        assertThat(OffsetDateTime.parse(increment.high()).toInstant())
                .isCloseTo(Instant.now(), Assertions.within(Duration.ofMinutes(5)));
        assertThat(OffsetDateTime.parse(increment.high()).getOffset()).isEqualTo(ZoneOffset.UTC);
    }

    @Test
    void readsTheClockInThePipelinesTimeZoneForTimesWithoutOne() throws SQLException {
        LocalDateTime now = LocalDateTime.now(BERLIN);

        assertThat(LocalDateTime.parse(find("seen", "timestamp", "0", "2020-01-01T00:00:00", Optional.empty())
                        .increment()
                        .high()))
                .isBetween(now.minusMinutes(5), now.plusMinutes(5));
        // Today is not over: it is read tomorrow.
        assertThat(LocalDate.parse(find("seen", "date", "0", "2020-01-01", Optional.empty())
                        .increment()
                        .high()))
                .isBetween(now.toLocalDate(), now.toLocalDate().plusDays(1));
    }

    @Test
    void endsNumbersBehindTheGreatest() throws SQLException {
        IncrementReading.Found found = find("ID", "bigint", "5", "0", Optional.empty());

        assertThat(found.increment())
                .isEqualTo(new Increment(
                        "ID", Optional.of("ID"), "bigint", "0", "42", Increment.Overlap.SOME, Increment.Modes.SAFE));
        assertThat(found.values().get(QueryParameters.HIGH_WATER).value()).isEqualTo(42L);
    }

    @Test
    void goesOnFromTheMarkAndStandsStillIfNothingIsNew() throws SQLException {
        Increment next = find("id", "bigint", "5", "0", Optional.empty(), "42").increment();
        assertThat(List.of(next.low(), next.high())).containsExactly("37", "42");

        Increment none = find("id", "bigint", "0", "0", Optional.empty(), "100").increment();
        assertThat(List.of(none.low(), none.high())).containsExactly("100", "100");
    }

    @Test
    void asksAQueryAndWarnsIfItGoesBack() throws SQLException {
        IncrementReading.Found found = find("SELECT max(id) FROM t", "bigint", "0", "0", Optional.empty(), "100");

        assertThat(found.increment().high()).isEqualTo("100");
        assertThat(found.warnings())
                .extracting(Warning::message)
                .singleElement()
                .asString()
                .contains("the query of watermark says 41, which is before 100");
    }

    @Test
    void beginsWhereItIsTold() throws SQLException {
        Increment increment =
                find("id", "bigint", "5", "0", Optional.of("8"), "100").increment();
        assertThat(List.of(increment.low(), increment.high())).containsExactly("8", "42");

        assertThatThrownBy(() -> find("SELECT 42", "bigint", "5", "0", Optional.of("43"), "100"))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("--watermark-from 43 of pipeline 'p' is behind the upper bound, 42");
        Increment nothing = find("id", "bigint", "5", "0", Optional.of("43")).increment();
        assertThat(List.of(nothing.low(), nothing.high())).containsExactly("43", "43");
        assertThatThrownBy(() -> find("id", "bigint", "5", "0", Optional.of("x"), "100"))
                .hasMessageContaining("--watermark-from: 'x' is no integer");
    }

    @Test
    void namesAColumnThatIsNotThereAndAMarkOfAnotherType() {
        assertThatThrownBy(() -> find("idd", "bigint", "0", "0", Optional.empty()))
                .hasMessageContaining(
                        "watermark=idd of caravan-query: the query's result has no such column; it has id");
        assertThatThrownBy(() -> find("id", "date", "0", "2020-01-01", Optional.empty(), "42"))
                .hasMessageContaining("was read up to id=bigint(42), but the route says watermarkType=date");
    }

    @Test
    void plansFromWhatTheSourceAndTheLedgerSay() throws SQLException {
        Watermark watermark = Watermark.parse("id", "bigint", "0", "0", "").orElseThrow();
        Map<String, String> planned = reading(watermark, List.of()).plan(source);

        assertThat(planned)
                .containsEntry("lowWater", "0; nothing was read before, by Caravan's ledger")
                .containsEntry("highWater", "asked when the run begins: the greatest id of the query");
    }

    private IncrementReading.Found find(
            String what, String type, String lag, String start, Optional<String> from, String... mark)
            throws SQLException {
        Watermark watermark = Watermark.parse(what, type, lag, start, "").orElseThrow();
        PublishedMarks warehouse = pipeline -> mark.length == 0
                ? List.of()
                : List.of(new PublishedMarks.Published(
                        RunId.at(Instant.EPOCH), "merge", new Mark(watermark.name(), "bigint", mark[0])));
        QueryParameters parameters = QueryParameters.parse("p", "", BERLIN)
                .withBounds(watermark.type().parameter());
        return reading(watermark, List.of(warehouse))
                .find(
                        source,
                        SQL,
                        from,
                        bounds -> parameters.bind(SQL, Map.of(), Map.of(), Instant.EPOCH, bounds),
                        "/* caravan */");
    }

    private static IncrementReading reading(Watermark watermark, List<PublishedMarks> warehouses) {
        return new IncrementReading("p", watermark, Optional.empty(), Optional.empty(), warehouses, BERLIN);
    }
}
