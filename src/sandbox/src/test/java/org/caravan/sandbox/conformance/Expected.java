package org.caravan.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a conformance row expects, and how it is compared with what came. */
public sealed interface Expected {
    /** That it is done; nothing can be seen of it. */
    record Done() implements Expected {
        @Override
        public void check(Outcome outcome) {
            assertThat(outcome).isNotInstanceOf(Outcome.Failed.class);
        }

        @Override
        public String cell() {
            return "ok";
        }
    }

    /** @param text rows joined by {@code "; "}, values by {@code "|"}, NULL as {@code NULL} */
    record Rows(String text) implements Expected {
        @Override
        public void check(Outcome outcome) {
            assertThat(outcome).isInstanceOf(Outcome.Rows.class);
            assertThat(String.join("; ", ((Outcome.Rows) outcome).rows())).isEqualTo(text);
        }

        @Override
        public String cell() {
            return "rows: " + text;
        }
    }

    record Count(long count) implements Expected {
        @Override
        public void check(Outcome outcome) {
            assertThat(outcome).isEqualTo(new Outcome.Count(count));
        }

        @Override
        public String cell() {
            return "count: " + count;
        }
    }

    /**
     * @param code the SQLSTATE or the HTTP status, exactly
     * @param text a part of the message, or of its detail
     */
    record Failure(String code, String text) implements Expected {
        @Override
        public void check(Outcome outcome) {
            assertThat(outcome).isInstanceOf(Outcome.Failed.class);
            assertThat(((Outcome.Failed) outcome).code()).as(outcome.toString()).isEqualTo(code);
            assertThat(((Outcome.Failed) outcome).message()).contains(text);
        }

        @Override
        public String cell() {
            return (code.length() == 3 ? "status " : "error ") + code + ": " + text;
        }
    }

    /** What came of a row. */
    sealed interface Outcome {
        /** Each row's values joined by {@code "|"}. */
        record Rows(List<String> rows) implements Outcome {}

        record Count(long count) implements Outcome {}

        /** @param message the error's message and its detail */
        record Failed(String code, String message) implements Outcome {}
    }

    /** Fails with both sides if the outcome is another one. */
    void check(Outcome outcome);

    /** As the table has it. */
    String cell();

    Pattern FAILURE = Pattern.compile("(?:error|status) (\\w{3,5}): ?(.*)", Pattern.DOTALL);

    /** Reads the column {@code expected}: see the README of the tables. */
    static Expected of(String cell) {
        String text = cell.strip();
        Matcher failure = FAILURE.matcher(text);
        if (text.equals("ok")) {
            return new Done();
        }
        if (text.startsWith("rows:")) {
            return new Rows(text.substring("rows:".length()).stripLeading());
        }
        if (text.startsWith("count:")) {
            return new Count(Long.parseLong(text.substring("count:".length()).strip()));
        }
        if (failure.matches()) {
            return new Failure(failure.group(1), failure.group(2));
        }
        throw new IllegalArgumentException(
                "'" + text + "' is none of: ok; rows: …; count: …; error STATE: …; status CODE: …");
    }
}
