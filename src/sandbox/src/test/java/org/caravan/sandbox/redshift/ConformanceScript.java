package org.caravan.sandbox.redshift;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the cells {@code given} and {@code statement} of a row into steps: see {@link RedshiftConformanceTest}. */
final class ConformanceScript {
    sealed interface Step {
        /**
         * A statement.
         *
         * @param session the session's name; {@code main} is the one that rows use unless they name another
         * @param fails whether it has to fail, and the row goes on
         * @param background whether the row goes on without waiting for it
         */
        record Sql(String session, String text, boolean fails, boolean background) implements Step {}

        /** @param argument what follows the word */
        record Directive(String word, String argument) implements Step {}
    }

    private static final Pattern SESSION = Pattern.compile("@(\\w+)([:&])\\s*(.*)", Pattern.DOTALL);
    private static final Pattern DIRECTIVE = Pattern.compile("@([\\w-]+)\\s*(.*)", Pattern.DOTALL);

    private ConformanceScript() {}

    static List<Step> steps(String cell) {
        List<Step> steps = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        for (String line : cell.split("\n", -1)) {
            if (!line.startsWith("@")) {
                sql.append(line).append('\n');
                continue;
            }
            add(steps, "main", sql.toString(), false);
            sql.setLength(0);
            Matcher session = SESSION.matcher(line);
            Matcher directive = DIRECTIVE.matcher(line);
            if (session.matches()) {
                add(steps, session.group(1), session.group(3), session.group(2).equals("&"));
            } else if (directive.matches()) {
                steps.add(new Step.Directive(directive.group(1), directive.group(2)));
            } else {
                throw new IllegalArgumentException("not a directive: " + line);
            }
        }
        add(steps, "main", sql.toString(), false);
        return steps;
    }

    private static void add(List<Step> steps, String session, String text, boolean background) {
        for (String statement : statements(text)) {
            boolean fails = statement.startsWith("!");
            steps.add(new Step.Sql(session, fails ? statement.substring(1).strip() : statement, fails, background));
        }
    }

    private static final Pattern PIECE = Pattern.compile(
            "'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"]|\"\")*\"|\\$(\\w*)\\$.*?\\$\\1\\$|--[^\n]*|;|.", Pattern.DOTALL);

    /** Statements between semicolons, which do not count in quotes and comments. */
    private static List<String> statements(String text) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        Matcher pieces = PIECE.matcher(text);
        while (pieces.find()) {
            if (!pieces.group().equals(";")) {
                statement.append(pieces.group());
                continue;
            }
            statements.add(statement.toString().strip());
            statement.setLength(0);
        }
        statements.add(statement.toString().strip());
        statements.removeIf(String::isEmpty);
        return statements;
    }
}
