package org.caravan.source.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.caravan.ledger.CaravanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryParametersTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant LATE = Instant.parse("2026-03-28T23:30:00Z");

    @Test
    void readsEveryType() {
        Bindings bound = bind(
                "t=EU, e=text(), c=text(a, (b), c), z=007, i=10, n=-12.50, d=date(2026-01-31),"
                        + " l=timestamp(2026-01-31 18:00:00.5), o=timestamptz(2026-01-31T18:00:00+02:00)",
                "SELECT :t, :e, :c, :z, :i, :n, :d, :l, :o",
                Map.of(),
                Map.of());

        assertThat(bound.values().values())
                .extracting(ParameterValue::value)
                .containsExactly(
                        "EU",
                        "",
                        "a, (b), c",
                        "007",
                        10L,
                        new BigDecimal("-12.50"),
                        LocalDate.of(2026, 1, 31),
                        LocalDateTime.parse("2026-01-31T18:00:00.5"),
                        OffsetDateTime.parse("2026-01-31T18:00:00+02:00"));
    }

    @Test
    void letsTheCommandLineStandOverTheHeadersAndTheseOverTheRoute() {
        String sql = "SELECT :a, :b, :c";
        assertThat(bind("a=x, b=x, c=x", sql, Map.of("b", "y", "c", "y"), Map.of("c", "z"))
                        .values()
                        .values())
                .extracting(ParameterValue::text)
                .containsExactly("x", "y", "z");
    }

    @Test
    void datesTheRunInThePipelinesTimeZone() {
        assertThat(bind("", "SELECT :runDate", Map.of(), Map.of())
                        .values()
                        .get("runDate")
                        .value())
                .isEqualTo(LocalDate.of(2026, 3, 29));
        assertThat(bind("", "SELECT :runDate", Map.of(), Map.of("runDate", "2026-11-01"))
                        .values()
                        .get("runDate")
                        .value())
                .isEqualTo(LocalDate.of(2026, 11, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "region=EU | SELECT :regoin | the query's parameter :regoin (line 1, column 8) has no value; there are 'region'",
                "region=EU | SELECT :region, 1 | --param gives 'regon', which the query does not have; it has 'region'",
                "limit=10  | SELECT :limit | 'ten' is no integer",
                "day=date(?) | SELECT :day | the query's parameter :day (line 1, column 8) has no value"
            })
    void namesWhatIsWrong(String declared, String sql, String said) {
        Map<String, Object> commanded = said.contains("regon")
                ? Map.of("regon", "x")
                : said.contains("ten") ? Map.of("limit", "ten") : Map.of();
        assertThatThrownBy(() -> bind(declared, sql, Map.of(), commanded))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining(said);
    }

    @Test
    void refusesADeclarationThatIsNone() {
        assertThatThrownBy(() -> QueryParameters.parse("p", "a", BERLIN)).hasMessageContaining("not name=value");
        assertThatThrownBy(() -> QueryParameters.parse("p", "a=1, a=2", BERLIN)).hasMessageContaining("twice");
        assertThatThrownBy(() -> QueryParameters.parse("p", "a=date(31.1.2026)", BERLIN))
                .hasMessageContaining("'31.1.2026' is no date");
        assertThatThrownBy(() -> QueryParameters.parse("p", "a=dat(?)", BERLIN)).hasMessageContaining("'date'");
    }

    @Test
    void checksThatEveryParameterIsDeclared() {
        QueryParameters parameters = QueryParameters.parse("p", "a=date(?), b=1", BERLIN);
        assertThatThrownBy(() -> parameters.check("SELECT :a, :c, :runDate"))
                .hasMessageContaining(":c (line 1, column 12)")
                .hasMessageContaining("declares 'b', which the query does not have");
        parameters.check("SELECT :a, :b, :runDate");
    }

    @Test
    void givesTheBoundsOfAnIncrementAndLetsNobodyElse() {
        QueryParameters parameters = QueryParameters.parse("p", "", BERLIN).withBounds(ParameterType.INTEGER);
        String sql = "SELECT 1 WHERE 1 >= :lowWater AND 1 < :highWater";
        Map<String, ParameterValue> bounds = Map.of(
                "lowWater", ParameterValue.of(ParameterType.INTEGER, "1"),
                "highWater", ParameterValue.of(ParameterType.INTEGER, "2"));

        assertThat(parameters.bind(sql, Map.of(), Map.of(), LATE, bounds).values())
                .isEqualTo(bounds);
        parameters.check(sql);
        assertThatThrownBy(() -> parameters.bind(sql, Map.of(), Map.of("lowWater", "0"), LATE, bounds))
                .hasMessageContaining("run --watermark-from");
        assertThatThrownBy(() -> parameters.check("SELECT :lowWater"))
                .hasMessageContaining("The query reads increments, but has no :highWater");
        assertThatThrownBy(() -> bind("", "SELECT :lowWater", Map.of(), Map.of()))
                .hasMessageContaining("if the route says watermark");
        assertThatThrownBy(
                        () -> QueryParameters.parse("p", "lowWater=1", BERLIN).withBounds(ParameterType.INTEGER))
                .hasMessageContaining("which is the watermark's");
    }

    @Test
    void beginsADayWhenItBeginsInThePipelinesTimeZone() {
        QueryParameters parameters = QueryParameters.parse("p", "from=timestamptz(?), to=timestamptz(?)", BERLIN);
        Map<String, LocalDate> days = Map.of(
                "runDate",
                LocalDate.of(2026, 3, 29),
                "from",
                LocalDate.of(2026, 3, 29),
                "to",
                LocalDate.of(2026, 3, 30));

        assertThat(parameters.days("SELECT :from, :to", days))
                .isEqualTo(Map.of("from", "2026-03-29T00:00+01:00", "to", "2026-03-30T00:00+02:00"));
        assertThat(parameters.days("SELECT :runDate", days)).isEqualTo(Map.of("runDate", "2026-03-29"));
        assertThatThrownBy(() -> parameters.days("SELECT 1", days)).hasMessageContaining(":from, :runDate, :to");
    }

    @Test
    void knowsASecretByItsName() {
        assertThat(bind("apiToken=x, region=EU", "SELECT :region, :apiToken", Map.of(), Map.of())
                        .secret())
                .contains("apiToken");
        assertThat(bind("tokens=x, region=EU", "SELECT :region, :tokens", Map.of(), Map.of())
                        .secret())
                .isEmpty();
    }

    private static Bindings bind(
            String declared, String sql, Map<String, Object> headers, Map<String, Object> commanded) {
        return QueryParameters.parse("p", declared, BERLIN).bind(sql, headers, commanded, LATE);
    }
}
