package org.caravan.schedule;

import static java.util.Objects.requireNonNull;

import com.cronutils.descriptor.CronDescriptor;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.text.ParseException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.quartz.CronExpression;

/**
 * A cron expression: of five fields as Unix has it, or of six or seven as Quartz has it. It says local times, and knows no time zone.
 * Immutable and thread-safe.
 */
final class Cron {
    private static final String FIELDS =
            "Unix cron has five fields (minute hour day month weekday), Quartz' has six or seven (second minute hour day month"
                    + " weekday [year])";
    private static final Set<String> EVERY_HOUR = Set.of("*", "*/1", "0/1", "0-23");
    private static final Set<String> EVERY_DAY = Set.of("*", "?", "*/1");

    /** After that a calendar repeats itself, but for what the centuries leave out. */
    private static final int YEARS_AHEAD = 28;

    /** Making one takes as long as many expressions. */
    private static final CronParser UNIX = parser(CronType.UNIX);

    private static final CronParser QUARTZ = parser(CronType.QUARTZ);

    private final String text;
    private final Supplier<String> words;
    private final boolean everyHour;
    private final Times times;

    /** Finds times by the clock on the wall. */
    private interface Times {
        Optional<LocalDateTime> atOrAfter(LocalDateTime from);
    }

    private Cron(String text, Supplier<String> words, boolean everyHour, Times times) {
        this.text = text;
        this.words = words;
        this.everyHour = everyHour;
        this.times = times;
    }

    /**
     * Reads an expression.
     *
     * @param text with blanks between its fields, or plus signs, as a URI may have them
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Cron parse(String text) {
        String clean = requireNonNull(text, "text").replace('+', ' ').strip().replaceAll("\\s+", " ");
        List<String> fields = List.of(clean.split(" "));
        try {
            return switch (fields.size()) {
                case 5 -> unix(clean, fields);
                case 6, 7 -> quartz(clean, fields);
                default ->
                    throw new IllegalArgumentException(
                            "it has " + (clean.isEmpty() ? 0 : fields.size()) + " fields; " + FIELDS);
            };
        } catch (IllegalArgumentException | ParseException e) {
            throw new IllegalArgumentException("The cron '" + clean + "' is not valid: " + reason(e), e);
        }
    }

    private static String reason(Exception error) {
        return String.valueOf(error.getMessage())
                .replaceFirst("^Failed to parse cron expression\\. ", "")
                .replaceFirst("(?s)^Invalid cron expression: .*?\\. ", "")
                .replaceFirst("\\.$", "");
    }

    private static Cron unix(String text, List<String> fields) throws ParseException {
        if (fields.stream().anyMatch(field -> field.contains("?"))) {
            throw new IllegalArgumentException("'?' is Quartz'; in Unix cron, of five fields, write '*'");
        }
        com.cronutils.model.Cron parsed = UNIX.parse(text);
        Set<DayOfWeek> weekdays = Weekdays.ofUnix(fields.get(4));
        String clock = "0 " + fields.get(0) + " " + fields.get(1) + " ";
        Times byDay = times(clock + fields.get(2) + " " + fields.get(3) + " ?");
        boolean either = !fields.get(2).startsWith("*") && !fields.get(4).startsWith("*");
        Times byWeekday = on(weekdays, either ? times(clock + "* " + fields.get(3) + " ?") : byDay);
        Times byEither = from -> Stream.concat(byDay.atOrAfter(from).stream(), byWeekday.atOrAfter(from).stream())
                .min(LocalDateTime::compareTo);
        return new Cron(
                text,
                () -> CronWords.of(description(parsed), isEveryDay(fields.subList(2, 5)))
                        + (either ? ", on either day" : ""),
                EVERY_HOUR.contains(fields.get(1)),
                either ? byEither : byWeekday);
    }

    /** Those of some times that fall on some weekdays. */
    private static Times on(Set<DayOfWeek> weekdays, Times times) {
        return from -> {
            LocalDateTime last = from.plusYears(YEARS_AHEAD);
            Optional<LocalDateTime> found = times.atOrAfter(from);
            while (found.isPresent() && !weekdays.contains(found.get().getDayOfWeek())) {
                found = times.atOrAfter(found.get().toLocalDate().plusDays(1).atStartOfDay())
                        .filter(last::isAfter);
            }
            return found;
        };
    }

    private static Cron quartz(String text, List<String> fields) throws ParseException {
        if (!fields.get(3).equals("?") && !fields.get(5).equals("?")) {
            throw new IllegalArgumentException("of day and weekday one must be '?' in Quartz' cron: '" + fields.get(3)
                    + "' and '" + fields.get(5) + "' are both set");
        }
        Times times = times(text);
        com.cronutils.model.Cron parsed = QUARTZ.parse(text);
        return new Cron(
                text,
                () -> CronWords.of(description(parsed), isEveryDay(fields.subList(3, 6))),
                EVERY_HOUR.contains(fields.get(2)),
                times);
    }

    /**
     * The times of an expression of Quartz, which finds those of Unix as well: the library that describes them takes a day such as
     * {@code *}{@code /2} for one that is set, where crontab(5) does not.
     */
    private static Times times(String quartz) throws ParseException {
        CronExpression parsed = new CronExpression(quartz);
        parsed.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
        return from -> Optional.ofNullable(
                        parsed.getTimeAfter(Date.from(from.minusSeconds(1).toInstant(ZoneOffset.UTC))))
                .map(found -> LocalDateTime.ofInstant(found.toInstant(), ZoneOffset.UTC));
    }

    private static CronParser parser(CronType type) {
        return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(type));
    }

    private static String description(com.cronutils.model.Cron cron) {
        return CronDescriptor.instance(Locale.UK).describe(cron);
    }

    private static boolean isEveryDay(List<String> days) {
        return EVERY_DAY.containsAll(days);
    }

    /** The first time at or after another, which has whole seconds. */
    Optional<LocalDateTime> atOrAfter(LocalDateTime from) {
        return times.atOrAfter(from);
    }

    /** Whether it comes in every hour of a day on which it comes: then it goes by the time that passes, not by the clock on the wall. */
    boolean isEveryHour() {
        return everyHour;
    }

    /** What it says, in English. */
    String words() {
        return words.get();
    }

    /** The expression, with single blanks. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cron cron && cron.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
