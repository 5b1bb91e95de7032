package org.caravan.redshift;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.ledger.Run;
import org.caravan.ledger.StagedPart;

/** Says where in a run's files a COPY failed, and which row of the query's result that is; stateless. */
final class LoadTrace {
    private static final int LONGEST_LINE = 300;
    private static final Pattern HEADER = Pattern.compile("IGNOREHEADER (?:AS )?(\\d+)");

    private LoadTrace() {}

    /**
     * Sentences for an error.
     *
     * @param message what Redshift said, which may name a file
     */
    static String of(Run run, Optional<LoadErrors.LoadError> error, String message) {
        Optional<Place> place =
                place(run.parts(), error.map(LoadErrors.LoadError::file).orElse(message));
        if (error.isEmpty()) {
            return place.map(found -> " It failed in " + found + "." + advice()).orElse("");
        }
        LoadErrors.LoadError found = error.get();
        StringBuilder text = new StringBuilder(" Redshift's load error ")
                .append(found.code())
                .append(" in ");
        text.append(place.map(Place::toString).orElse(found.file()));
        if (found.line() > 0) {
            text.append(", line ").append(found.line());
            long row = found.line() - headerLines(run);
            place.filter(where -> row > 0).ifPresent(where -> text.append(", which is row ")
                    .append(where.firstRow() + row - 1)
                    .append(" of the query's result"));
        }
        if (!found.column().isEmpty()) {
            text.append(", column '")
                    .append(found.column())
                    .append("' (")
                    .append(type(found))
                    .append(')');
        }
        text.append(": ").append(found.reason()).append('.');
        found.value()
                .ifPresent(value ->
                        text.append(" The value there is '").append(cut(value)).append("'."));
        place.flatMap(where -> run.proof().line(where.part(), found.line()))
                .ifPresent(line ->
                        text.append(" The line reads: ").append(cut(line)).append(" ."));
        return text.append(advice()).toString();
    }

    /** Lines before a part's first row, which COPY counts and does not load. */
    private static int headerLines(Run run) {
        return run.fileFormat()
                .map(format -> HEADER.matcher(format.copyOptions()))
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)))
                .orElse(0);
    }

    private static String advice() {
        return " Caravan's files fit the staging table as they are written: find out who changed this one, and run the pipeline"
                + " again.";
    }

    private static String type(LoadErrors.LoadError error) {
        String length = error.length();
        return error.type() + (length.isEmpty() || length.equals("0") ? "" : ", length " + length);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
    }

    /** @param firstRow the place of the part's first row in the query's result, from 1 */
    private record Place(StagedPart part, int parts, long firstRow) {
        @Override
        public String toString() {
            return part.key() + " (part " + part.number() + " of " + parts + ", rows " + firstRow + " to "
                    + (firstRow + part.rows() - 1) + " of the query's result)";
        }
    }

    private static Optional<Place> place(List<StagedPart> parts, String text) {
        long firstRow = 1;
        for (StagedPart part : parts) {
            if (text.contains(part.key())) {
                return Optional.of(new Place(part, parts.size(), firstRow));
            }
            firstRow += part.rows();
        }
        return Optional.empty();
    }
}
