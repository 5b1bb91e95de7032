package org.caravan.source.watermark;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.schema.Nearest;
import org.caravan.source.parameter.ParameterType;
import org.caravan.source.parameter.ParameterValue;

/** What marks can be: values that every database orders alike. Text is none, since its order depends on a collation. */
public enum WatermarkType {
    TIMESTAMPTZ(ParameterType.TIMESTAMPTZ, "a duration such as 10m or 2h"),
    TIMESTAMP(ParameterType.TIMESTAMP, "a duration such as 10m or 2h"),
    DATE(ParameterType.DATE, "whole days such as 2d"),
    BIGINT(ParameterType.INTEGER, "a number such as 1000");

    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final String NONE = "0";
    private static final int LAST_YEAR = 9999;

    private final ParameterType parameter;
    private final String lagForm;

    WatermarkType(ParameterType parameter, String lagForm) {
        this.parameter = parameter;
        this.lagForm = lagForm;
    }

    /** The word by which routes and marks name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of the query's parameters. */
    public ParameterType parameter() {
        return parameter;
    }

    /** Whether the source's clock can tell an upper bound. */
    boolean isTime() {
        return this != BIGINT;
    }

    /**
     * The type of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static WatermarkType of(String label) {
        return Arrays.stream(values())
                .filter(type -> type.label().equals(label.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("watermarkType '" + label + "' is not one of "
                        + Nearest.first(label, labels())
                        + "; text cannot tell what is new, since its order depends on the database's collation"));
    }

    private static List<String> labels() {
        return Arrays.stream(values()).map(WatermarkType::label).toList();
    }

    /**
     * A value from its text; an instant in UTC.
     *
     * @throws IllegalArgumentException if it is none
     */
    ParameterValue value(String text) {
        return value(ParameterValue.of(parameter, text.strip()).value());
    }

    /** A value as JDBC gives or binds it, in microseconds, which is how exactly Caravan reads times. */
    ParameterValue value(Object value) {
        Object exact = value;
        if (value instanceof OffsetDateTime time) {
            exact = time.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
        } else if (value instanceof LocalDateTime time) {
            exact = time.truncatedTo(ChronoUnit.MICROS);
        }
        return new ParameterValue(parameter, exact);
    }

    /**
     * How much earlier the next increment begins: milliseconds, days or a number.
     *
     * @throws IllegalArgumentException if the text is no such thing
     */
    long lag(String text) {
        String stripped = text.strip();
        if (stripped.equals(NONE)) {
            return 0;
        }
        Optional<Long> lag = this == BIGINT ? number(stripped) : time(stripped);
        return lag.orElseThrow(() -> new IllegalArgumentException(
                "watermarkLag of watermarkType=" + label() + " is " + lagForm + ", or 0, not '" + text + "'"));
    }

    private static Optional<Long> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private Optional<Long> time(String text) {
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(parts.group(1));
        if (this == DATE) {
            return parts.group(2).equals("d") ? Optional.of(count) : Optional.empty();
        }
        return Optional.of(
                switch (parts.group(2)) {
                    case "ms" -> count;
                    case "s" -> Duration.ofSeconds(count).toMillis();
                    case "m" -> Duration.ofMinutes(count).toMillis();
                    case "h" -> Duration.ofHours(count).toMillis();
                    default -> Duration.ofDays(count).toMillis();
                });
    }

    /** The value that is so much less; the least one, if there is none. */
    ParameterValue minus(ParameterValue value, long lag) {
        Object less =
                switch (this) {
                    case TIMESTAMPTZ -> ((OffsetDateTime) value.value()).minus(lag, ChronoUnit.MILLIS);
                    case TIMESTAMP -> ((LocalDateTime) value.value()).minus(lag, ChronoUnit.MILLIS);
                    case DATE -> ((LocalDate) value.value()).minusDays(lag);
                    case BIGINT -> {
                        long number = (Long) value.value();
                        yield number < Long.MIN_VALUE + lag ? Long.MIN_VALUE : number - lag;
                    }
                };
        return new ParameterValue(parameter, less);
    }

    /** A number that is one more, if there is one: what is below it includes this one. */
    ParameterValue next(ParameterValue number) {
        long value = (Long) number.value();
        return new ParameterValue(parameter, value == Long.MAX_VALUE ? value : value + 1);
    }

    /** A value that no row comes near to, for questions about the query. */
    ParameterValue greatest() {
        LocalDate day = LocalDate.of(LAST_YEAR, 12, 31);
        Object value =
                switch (this) {
                    case TIMESTAMPTZ -> day.atStartOfDay().atOffset(ZoneOffset.UTC);
                    case TIMESTAMP -> day.atStartOfDay();
                    case DATE -> day;
                    case BIGINT -> Long.MAX_VALUE;
                };
        return new ParameterValue(parameter, value);
    }

    /** Whether a value is less than another. */
    boolean isLess(ParameterValue one, ParameterValue other) {
        return switch (this) {
            case TIMESTAMPTZ -> ((OffsetDateTime) one.value()).isBefore((OffsetDateTime) other.value());
            case TIMESTAMP -> ((LocalDateTime) one.value()).isBefore((LocalDateTime) other.value());
            case DATE -> ((LocalDate) one.value()).isBefore((LocalDate) other.value());
            case BIGINT -> (Long) one.value() < (Long) other.value();
        };
    }

    ParameterValue greater(ParameterValue one, ParameterValue other) {
        return isLess(one, other) ? other : one;
    }
}
