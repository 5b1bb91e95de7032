package org.caravan.source.watermark;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.History;
import org.caravan.ledger.Increment;
import org.caravan.ledger.Mark;
import org.caravan.ledger.PublishedMarks;
import org.caravan.ledger.PublishedMarks.Published;
import org.caravan.ledger.Warning;
import org.caravan.ledger.Watermarks;
import org.caravan.source.parameter.Bindings;
import org.caravan.source.parameter.ParameterValue;
import org.caravan.source.parameter.QueryParameters;

/**
 * Finds out what increment a run reads; immutable.
 *
 * @param history where the ledger tells of runs, if there is a ledger
 * @param marks where the ledger tells of marks
 * @param warehouses where runs are published to
 * @param zone in which times without a zone are those of the source's clock
 */
public record IncrementReading(
        String pipeline,
        Watermark watermark,
        Optional<History> history,
        Optional<Watermarks> marks,
        List<PublishedMarks> warehouses,
        ZoneId zone) {
    public IncrementReading {
        warehouses = List.copyOf(warehouses);
    }

    /**
     * What a run reads.
     *
     * @param values the query's parameters that are the bounds
     * @param warnings what should be looked at
     */
    public record Found(Increment increment, Map<String, ParameterValue> values, List<Warning> warnings) {}

    /** How far the source was read by now. */
    private Optional<ParameterValue> mark(List<Warning> warnings) {
        LastMark last = LastMark.of(
                pipeline,
                watermark.name(),
                published(),
                marks.flatMap(known -> known.mark(pipeline, watermark.name())),
                run -> history.flatMap(known -> known.find(run))
                        .map(details -> details.run().state()));
        last.warning().ifPresent(warnings::add);
        return last.mark().map(this::value);
    }

    private Optional<List<Published>> published() {
        if (warehouses.isEmpty()) {
            return Optional.empty();
        }
        List<Published> all = new ArrayList<>();
        warehouses.forEach(warehouse -> all.addAll(warehouse.marks(pipeline)));
        if (warehouses.size() > 1) {
            all.sort(Comparator.comparing((Published run) -> run.run().value()).reversed());
        }
        return Optional.of(all);
    }

    private ParameterValue value(Mark mark) {
        if (!mark.type().equals(watermark.type().label())) {
            throw new CaravanException(
                    Category.CONFIG,
                    "Pipeline '" + pipeline + "' was read up to " + mark.text() + ", but the route says watermarkType="
                            + watermark.type().label()
                            + ": set it back, or begin with a value of the new type by run --watermark-from.");
        }
        return watermark.type().value(mark.value());
    }

    /**
     * Finds the bounds of a run, and fixes them.
     *
     * @param connection to the source, in no transaction
     * @param from where the run is told to begin, whatever was read before
     * @param bind gives the query's parameters with these bounds
     * @param comment ends each statement
     */
    public Found find(
            Connection connection,
            String sql,
            Optional<String> from,
            Function<Map<String, ParameterValue>, Bindings> bind,
            String comment)
            throws SQLException {
        List<Warning> warnings = new ArrayList<>();
        Optional<ParameterValue> told = from.map(this::told);
        Optional<ParameterValue> mark = told.isPresent() ? Optional.empty() : mark(warnings);
        ParameterValue low = told.orElseGet(() -> Bounds.low(watermark, mark));
        UpperBound upper = new UpperBound(watermark, zone, comment);
        Optional<ParameterValue> asked = upper.ask(
                connection,
                sql,
                bind.apply(values(new Bounds(low, watermark.type().greatest()))));
        if (told.isPresent()) {
            checkBefore(told.get(), asked, upper);
            Bounds bounds = Bounds.from(watermark, told.get(), asked);
            return new Found(watermark.increment(bounds), values(bounds), warnings);
        }
        Bounds bounds = Bounds.of(watermark, mark, asked);
        mark.filter(last -> asked.filter(high -> watermark.type().isLess(high, last))
                        .isPresent())
                .filter(last -> upper.isClock() || watermark.isQuery())
                .ifPresent(last -> warnings.add(new Warning(
                        "watermark",
                        upper.origin() + " says " + asked.get().text() + ", which is before " + last.text()
                                + ", up to where was read before; rows that come in between are read only if"
                                + " watermarkLag reaches back to them")));
        return new Found(watermark.increment(bounds), values(bounds), warnings);
    }

    private ParameterValue told(String text) {
        try {
            return watermark.type().value(text);
        } catch (IllegalArgumentException e) {
            throw new CaravanException(Category.CONFIG, "--watermark-from: " + e.getMessage() + ".", e);
        }
    }

    private void checkBefore(ParameterValue from, Optional<ParameterValue> asked, UpperBound upper) {
        asked.filter(high -> watermark.type().isLess(high, from)).ifPresent(high -> {
            throw new CaravanException(
                    Category.CONFIG,
                    "--watermark-from " + from.text() + " of pipeline '" + pipeline + "' is behind the upper bound, "
                            + high.text() + " (" + upper.origin() + "); begin at or before it.");
        });
    }

    private static Map<String, ParameterValue> values(Bounds bounds) {
        Map<String, ParameterValue> values = new LinkedHashMap<>();
        values.put(QueryParameters.LOW_WATER, bounds.low());
        values.put(QueryParameters.HIGH_WATER, bounds.high());
        return values;
    }

    /** Values for questions about the query, which reads nothing then. */
    public static Map<String, ParameterValue> placeholders(Watermark watermark) {
        return values(new Bounds(watermark.start(), watermark.type().greatest()));
    }

    /**
     * What a run that began now would read, as a plan shows it: Caravan's ledger is asked, and the source for its time at the most.
     */
    public Map<String, String> plan(Connection connection) throws SQLException {
        Map<String, String> shown = new LinkedHashMap<>();
        Optional<ParameterValue> mark = marks.flatMap(known -> known.mark(pipeline, watermark.name()))
                .map(Watermarks.Kept::mark)
                .map(this::value);
        shown.put(
                QueryParameters.LOW_WATER,
                Bounds.low(watermark, mark).text()
                        + mark.map(last -> "; read before, by Caravan's ledger: up to " + last.text())
                                .orElse("; nothing was read before, by Caravan's ledger"));
        UpperBound upper = new UpperBound(watermark, zone, "");
        shown.put(
                QueryParameters.HIGH_WATER,
                upper.isClock()
                        ? upper.ask(connection, "", Bindings.NONE).orElseThrow().text() + "; " + upper.origin()
                                + ", now"
                        : "asked when the run begins: " + upper.origin());
        return shown;
    }
}
