package org.caravan.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The faults that pass by themselves, from the table {@code transient-faults.tsv}: whatever is not in it is not tried again. Immutable.
 */
public final class TransientFaults {
    private static final String TABLE = "transient-faults.tsv";
    private static final int DEEPEST_CAUSE = 32;
    private static final TransientFaults KNOWN = read();

    private final List<Entry> entries;

    /** By what a fault is known. */
    enum By {
        /** The SQLSTATE of the innermost SQL error begins with the pattern. */
        SQLSTATE,
        /** The pattern is found in the message of the innermost SQL error, where drivers put an HTTP status too. */
        MESSAGE,
        /** An exception of this class, or one below it, is among the causes, and no SQL error with a SQLSTATE. */
        EXCEPTION
    }

    /**
     * A line of the table.
     *
     * @param steps the steps that are tried again for it
     * @param why why it passes
     * @param source where that is said
     */
    record Entry(String fault, By by, Pattern pattern, List<Step> steps, String why, String source) {}

    private TransientFaults(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** The name of the fault by which a step failed, if it passes by itself and the step may be tried again. */
    public static Optional<String> find(Throwable error, Step step) {
        return KNOWN.entries.stream()
                .filter(entry -> entry.steps().contains(step) && matches(entry, error))
                .map(Entry::fault)
                .findFirst();
    }

    static List<Entry> entries() {
        return KNOWN.entries;
    }

    private static boolean matches(Entry entry, Throwable error) {
        Optional<SQLException> sql = causes(error)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst()
                .map(SqlFailures::root);
        Optional<String> state = sql.map(SQLException::getSQLState).filter(Objects::nonNull);
        return switch (entry.by()) {
            case SQLSTATE ->
                state.filter(code -> entry.pattern().matcher(code).lookingAt()).isPresent();
            case MESSAGE ->
                sql.map(cause -> String.valueOf(cause.getMessage()))
                        .filter(message -> entry.pattern().matcher(message).find())
                        .isPresent();
            case EXCEPTION ->
                state.isEmpty() && causes(error).anyMatch(cause -> isA(cause.getClass(), entry.pattern()));
        };
    }

    private static boolean isA(Class<?> type, Pattern name) {
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            if (name.matcher(above.getName()).matches()) {
                return true;
            }
        }
        return false;
    }

    private static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause).limit(DEEPEST_CAUSE);
    }

    private static TransientFaults read() {
        List<Entry> entries = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(TransientFaults.class.getResourceAsStream(TABLE), TABLE),
                StandardCharsets.UTF_8))) {
            // The first line names the fields.
            reader.lines().skip(1).map(line -> line.split("\t", -1)).forEach(fields -> entries.add(entry(fields)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TransientFaults(entries);
    }

    private static Entry entry(String[] fields) {
        List<Step> steps = Stream.of(fields[3].split(" ", -1))
                .map(step -> Step.valueOf(step.toUpperCase(Locale.ROOT)))
                .toList();
        return new Entry(
                fields[0],
                By.valueOf(fields[1].toUpperCase(Locale.ROOT)),
                Pattern.compile(fields[2]),
                steps,
                fields[4],
                fields[5]);
    }
}
