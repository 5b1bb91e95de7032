package org.caravan.source.watermark;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.caravan.ledger.Increment;
import org.caravan.source.parameter.ParameterValue;

/**
 * What a route says of the increments that its query reads; immutable.
 *
 * @param what the column whose values grow, or the query for the upper bound
 * @param isQuery whether it is a query
 * @param lag how much of what was read before is read again: milliseconds, days or a number
 * @param start where the first run begins
 * @param modes by which modes an increment may be published
 */
public record Watermark(
        String what, boolean isQuery, WatermarkType type, long lag, ParameterValue start, Increment.Modes modes) {
    private static final Pattern QUERY = Pattern.compile("(?is)(select|with)\\s.*");
    private static final String QUERY_NAME = "query";
    private static final int LONGEST_NAME = 128;

    public Watermark {
        requireNonNull(what, "what");
        requireNonNull(type, "type");
        requireNonNull(start, "start");
        requireNonNull(modes, "modes");
    }

    /**
     * Reads the options of a route; empty if it reads no increments.
     *
     * @throws IllegalArgumentException if they are wrong, or some are said without {@code watermark}
     */
    public static Optional<Watermark> parse(String watermark, String type, String lag, String start, String modes) {
        String what = watermark.strip();
        if (what.isEmpty()) {
            List<String> lost = new ArrayList<>();
            note(lost, "watermarkType", type);
            note(lost, "watermarkLag", lag);
            note(lost, "watermarkStart", start);
            note(lost, "watermarkModes", modes);
            if (!lost.isEmpty()) {
                throw new IllegalArgumentException(String.join(" and ", lost)
                        + (lost.size() == 1 ? " means" : " mean")
                        + " nothing without watermark=<column>, or a query for the upper bound");
            }
            return Optional.empty();
        }
        boolean isQuery = QUERY.matcher(what).matches();
        if (!isQuery && what.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("watermark is the name of a column, of up to " + LONGEST_NAME
                    + " characters, or a query that begins with SELECT or WITH; it has " + what.length());
        }
        WatermarkType kind = type.isBlank() ? WatermarkType.TIMESTAMPTZ : WatermarkType.of(type);
        if (start.isBlank()) {
            throw new IllegalArgumentException("watermark=" + shown(what, isQuery)
                    + " needs watermarkStart, where the first run begins, such as watermarkStart="
                    + (kind.isTime() ? "2020-01-01" + (kind == WatermarkType.DATE ? "" : "T00:00:00") : "0")
                    + (kind == WatermarkType.TIMESTAMPTZ ? "Z" : ""));
        }
        ParameterValue first;
        try {
            first = kind.value(start);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("watermarkStart: " + e.getMessage(), e);
        }
        return Optional.of(
                new Watermark(what, isQuery, kind, kind.lag(lag.isBlank() ? "0" : lag), first, modes(modes)));
    }

    private static void note(List<String> lost, String option, String value) {
        if (!value.isBlank()) {
            lost.add(option);
        }
    }

    private static Increment.Modes modes(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "", "safe" -> Increment.Modes.SAFE;
            case "any" -> Increment.Modes.ANY;
            default -> throw new IllegalArgumentException("watermarkModes must be safe or any, not '" + text + "'");
        };
    }

    private static String shown(String what, boolean isQuery) {
        return isQuery ? "SELECT …" : what;
    }

    /** The name of the marks: a mark of another column is another mark. */
    public String name() {
        return isQuery ? QUERY_NAME : what;
    }

    /** The column whose values grow, if the route names one. */
    public Optional<String> column() {
        return isQuery ? Optional.empty() : Optional.of(what);
    }

    /** An increment as far as it is known before a run: its bounds are not yet those of one. */
    public Increment planned() {
        return increment(new Bounds(start, start));
    }

    Increment increment(Bounds bounds) {
        return new Increment(
                name(),
                column(),
                type.label(),
                bounds.low().text(),
                bounds.high().text(),
                lag > 0 ? Increment.Overlap.SOME : Increment.Overlap.NONE,
                modes);
    }
}
