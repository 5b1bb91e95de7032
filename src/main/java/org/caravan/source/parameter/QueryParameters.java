package org.caravan.source.parameter;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.Nearest;
import org.caravan.source.parameter.ParameterSql.Place;

/** The parameters that a route declares for its query, and the one that every query has, {@code :runDate}; immutable. */
public final class QueryParameters {
    /** The date of the run, in the pipeline's time zone. */
    public static final String RUN_DATE = "runDate";

    /** The lower bound of an increment, which belongs to it. */
    public static final String LOW_WATER = "lowWater";

    /** The upper bound of an increment, which does not belong to it. */
    public static final String HIGH_WATER = "highWater";

    private static final List<String> BOUNDS = List.of(LOW_WATER, HIGH_WATER);

    private static final String ADVICE =
            " Give it with --param %1$s=…, with the header CaravanParameter.%1$s, or with parameters=%1$s=… on caravan-query.";

    private final String pipeline;
    private final Map<String, Declared> declared;
    private final ZoneId zone;
    private final Optional<ParameterType> bounds;

    private QueryParameters(
            String pipeline, Map<String, Declared> declared, ZoneId zone, Optional<ParameterType> bounds) {
        this.pipeline = pipeline;
        this.declared = declared;
        this.zone = zone;
        this.bounds = bounds;
    }

    /**
     * Reads what a route declares.
     *
     * @param text such as {@code region=EU, limit=10, since=date(2026-01-01), until=date(?)}
     * @throws IllegalArgumentException if it cannot be read
     */
    public static QueryParameters parse(String pipeline, String text, ZoneId zone) {
        return new QueryParameters(
                requireNonNull(pipeline, "pipeline"),
                Declared.parse(text),
                requireNonNull(zone, "zone"),
                Optional.empty());
    }

    /**
     * The same for a query that reads increments: it must have both bounds, and each run gives them.
     *
     * @throws IllegalArgumentException if the route declares a bound itself
     */
    public QueryParameters withBounds(ParameterType type) {
        for (String bound : BOUNDS) {
            if (declared.containsKey(bound)) {
                throw new IllegalArgumentException(
                        "parameters declares '" + bound + "', which is the watermark's: leave it out");
            }
        }
        return new QueryParameters(pipeline, declared, zone, Optional.of(type));
    }

    /**
     * Names of the query that only a run can know, for {@code check}: nothing declares them.
     *
     * @throws CaravanException naming all of them, and every parameter declared that the query does not have
     */
    public void check(String sql) {
        Map<String, Place> places = places(sql);
        List<String> problems = new ArrayList<>(missingBounds(places));
        places.forEach((name, place) -> {
            if (!isKnown(name)) {
                problems.add("the query of pipeline '" + pipeline + "' has the parameter :" + name + " ("
                        + place.shown(sql) + "), which parameters of caravan-query does not declare: say " + name
                        + "=<value> there, or " + name + "=text(?) if each run is given it" + boundsAdvice(name));
            }
        });
        unused(places, declared.keySet(), "parameters of caravan-query declares")
                .forEach(problems::add);
        if (!problems.isEmpty()) {
            throw new CaravanException(Category.CONFIG, sentence(String.join("; ", problems)));
        }
    }

    /**
     * The values of a run.
     *
     * @param headers what the message says
     * @param commanded what the command line says; stands over the headers, and these over the route
     * @throws CaravanException naming every parameter that has no value, a wrong one, or that the query does not have
     */
    public Bindings bind(String sql, Map<String, Object> headers, Map<String, Object> commanded, Instant started) {
        return bind(sql, headers, commanded, started, Map.of());
    }

    /**
     * The same of a query that reads increments.
     *
     * @param increment the bounds
     */
    public Bindings bind(
            String sql,
            Map<String, Object> headers,
            Map<String, Object> commanded,
            Instant started,
            Map<String, ParameterValue> increment) {
        Map<String, Place> places = places(sql);
        List<String> problems = new ArrayList<>(missingBounds(places));
        problems.addAll(givenBounds(headers, commanded));
        problems.addAll(unused(places, commanded.keySet(), "--param gives"));
        problems.addAll(unused(places, headers.keySet(), "a header CaravanParameter gives"));
        problems.addAll(unused(places, declared.keySet(), "parameters of caravan-query declares"));
        Map<String, ParameterValue> values = new LinkedHashMap<>();
        places.forEach((name, place) -> {
            Optional<Object> given =
                    Optional.ofNullable(commanded.get(name)).or(() -> Optional.ofNullable(headers.get(name)));
            try {
                Optional.ofNullable(increment.get(name))
                        .or(() -> value(name, given, started))
                        .ifPresentOrElse(
                                value -> values.put(name, value), () -> problems.add(missing(sql, name, place)));
            } catch (IllegalArgumentException e) {
                problems.add("the parameter :" + name + ": " + e.getMessage());
            }
        });
        if (!problems.isEmpty()) {
            throw new CaravanException(
                    Category.CONFIG, "Pipeline '" + pipeline + "' is not run: " + String.join("; ", problems) + ".");
        }
        return values.isEmpty() ? Bindings.NONE : new Bindings(values);
    }

    /**
     * The days of a backfill, as values for those parameters of the query that have such a name: a date, or the beginning of the
     * day in the pipeline's time zone if a time is declared.
     *
     * @throws CaravanException if the query has none of them, and would read the same for all days
     */
    public Map<String, String> days(String sql, Map<String, LocalDate> days) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : places(sql).keySet()) {
            Optional.ofNullable(days.get(name)).ifPresent(day -> values.put(name, text(name, day)));
        }
        if (values.isEmpty() && !days.isEmpty()) {
            throw new CaravanException(
                    Category.CONFIG,
                    "Pipeline '" + pipeline + "' cannot be run for past days: its query has none of the parameters :"
                            + String.join(", :", new TreeSet<>(days.keySet())) + ", and would read the same for each.");
        }
        return values;
    }

    private String text(String name, LocalDate day) {
        ParameterType type =
                Optional.ofNullable(declared.get(name)).map(Declared::type).orElse(ParameterType.DATE);
        String text =
                switch (type) {
                    case TIMESTAMP -> day.atStartOfDay().toString();
                    case TIMESTAMPTZ ->
                        day.atStartOfDay(zone).toOffsetDateTime().toString();
                    default -> day.toString();
                };
        return declared.containsKey(name) || name.equals(RUN_DATE) ? text : "date(" + text + ")";
    }

    private Optional<ParameterValue> value(String name, Optional<Object> given, Instant started) {
        Optional<Declared> known = Optional.ofNullable(declared.get(name));
        if (given.isPresent()) {
            Optional<ParameterType> type = known.map(Declared::type)
                    .or(() -> name.equals(RUN_DATE) ? Optional.of(ParameterType.DATE) : Optional.empty());
            return Optional.of(type.map(wanted -> ParameterValue.of(wanted, given.get()))
                    .orElseGet(() -> ParameterValue.parse(String.valueOf(given.get()))));
        }
        return known.flatMap(Declared::value)
                .or(() -> name.equals(RUN_DATE)
                        ? Optional.of(new ParameterValue(
                                ParameterType.DATE, started.atZone(zone).toLocalDate()))
                        : Optional.empty());
    }

    private String missing(String sql, String name, Place place) {
        List<String> known = new ArrayList<>(new TreeSet<>(declared.keySet()));
        known.add(RUN_DATE);
        return "the query's parameter :" + name + " (" + place.shown(sql) + ") has no value; there are "
                + Nearest.first(name, known) + "."
                + (BOUNDS.contains(name) ? " The bounds of an increment are given if the route says watermark." : "")
                + ADVICE.formatted(name).stripTrailing().replaceAll("\\.$", "");
    }

    private boolean isKnown(String name) {
        return declared.containsKey(name) || name.equals(RUN_DATE) || (bounds.isPresent() && BOUNDS.contains(name));
    }

    private List<String> missingBounds(Map<String, Place> places) {
        List<String> missing = BOUNDS.stream()
                .filter(bound -> bounds.isPresent() && !places.containsKey(bound))
                .map(bound -> ":" + bound)
                .toList();
        return missing.isEmpty()
                ? List.of()
                : List.of("the query reads increments, but has no " + String.join(" and no ", missing)
                        + ": write it such as WHERE updated_at >= :lowWater AND updated_at < :highWater");
    }

    private List<String> givenBounds(Map<String, Object> headers, Map<String, Object> commanded) {
        return BOUNDS.stream()
                .filter(bound -> bounds.isPresent() && (headers.containsKey(bound) || commanded.containsKey(bound)))
                .map(bound -> "'" + bound + "' is given, which is the watermark's; say where one run begins with"
                        + " run --watermark-from")
                .toList();
    }

    private static String boundsAdvice(String name) {
        return BOUNDS.contains(name) ? "; the bounds of an increment are given if the route says watermark" : "";
    }

    private static List<String> unused(Map<String, Place> places, Iterable<String> given, String who) {
        List<String> problems = new ArrayList<>();
        for (String name : given) {
            if (!places.containsKey(name)) {
                problems.add(who + " '" + name + "', which the query does not have; "
                        + (places.isEmpty()
                                ? "it has no parameters"
                                : "it has " + Nearest.first(name, List.copyOf(places.keySet()))));
            }
        }
        return problems;
    }

    /** Where each parameter stands first. */
    private static Map<String, Place> places(String sql) {
        Map<String, Place> places = new LinkedHashMap<>();
        for (Place place : ParameterSql.places(sql)) {
            if (!place.isQuestionMark()) {
                places.putIfAbsent(place.name(), place);
            }
        }
        return places;
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
