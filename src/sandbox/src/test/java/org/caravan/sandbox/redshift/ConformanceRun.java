package org.caravan.sandbox.redshift;

import com.amazon.redshift.util.RedshiftException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.sandbox.conformance.ConformanceRow;
import org.caravan.sandbox.conformance.Expected.Outcome;
import org.caravan.sandbox.redshift.ConformanceScript.Step;

/** One conformance row, carried out in a schema and below a key prefix of its own. */
final class ConformanceRun implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 30;
    private static final Pattern SIZE = Pattern.compile("\\$\\{size:([^}]+)\\}");

    private final ConformanceRow row;
    private final String schema;
    private final Map<String, Connection> sessions = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<Outcome>> background = new LinkedHashMap<>();
    private final Map<String, Integer> sizes = new LinkedHashMap<>();
    private List<String> notices = List.of();

    ConformanceRun(ConformanceRow row) throws SQLException {
        this.row = row;
        this.schema = "c_" + row.id().replace('-', '_');
        Connection main = SharedRedshift.connect();
        sessions.put("main", main);
        try (Statement statement = main.createStatement()) {
            statement.execute("create schema " + schema);
            statement.execute("set search_path to " + schema);
        }
    }

    /** What came of the row's last step. */
    Outcome outcome() throws Exception {
        for (Step step : ConformanceScript.steps(substituted(row.given()))) {
            Outcome outcome = perform(step);
            if (outcome instanceof Outcome.Failed && !(step instanceof Step.Sql sql && sql.fails())) {
                throw new AssertionError(step + " of 'given' failed: " + outcome);
            }
        }
        List<Step> judged = ConformanceScript.steps(substituted(row.statement()));
        Outcome outcome = new Outcome.Count(0);
        for (int i = 0; i < judged.size(); i++) {
            outcome = perform(judged.get(i));
            boolean mayFail = judged.get(i) instanceof Step.Sql sql && sql.fails();
            if (i < judged.size() - 1 && outcome instanceof Outcome.Failed && !mayFail) {
                throw new AssertionError(judged.get(i) + " before the last statement failed: " + outcome);
            }
        }
        return outcome;
    }

    private Outcome perform(Step step) throws Exception {
        if (step instanceof Step.Directive directive) {
            return direct(directive);
        }
        Step.Sql sql = (Step.Sql) step;
        if (sql.background()) {
            Connection connection = session(sql.session());
            background.put(
                    sql.session(), CompletableFuture.supplyAsync(() -> execute(connection, sizesIn(sql.text()))));
            return new Outcome.Count(0);
        }
        Outcome outcome = execute(session(sql.session()), sizesIn(sql.text()));
        if (sql.fails() && !(outcome instanceof Outcome.Failed)) {
            throw new AssertionError(sql.text() + " did not fail: " + outcome);
        }
        return outcome;
    }

    private Outcome direct(Step.Directive directive) throws Exception {
        switch (directive.word()) {
            case "session" -> session(directive.argument().strip());
            case "join" -> {
                return background.remove(directive.argument().strip()).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
            case "notices" -> {
                return new Outcome.Rows(notices);
            }
            case "keys" -> {
                return new Outcome.Rows(SharedRedshift.s3().keys(row.id() + "/").stream()
                        .map(key -> key.substring(row.id().length() + 1))
                        .toList());
            }
            case "text" -> {
                byte[] content = SharedRedshift.s3()
                        .get(row.id() + "/" + directive.argument().strip());
                String text = new String(content, java.nio.charset.StandardCharsets.UTF_8);
                return new Outcome.Rows(
                        List.of((text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1)));
            }
            default -> file(directive);
        }
        return new Outcome.Count(0);
    }

    private void file(Step.Directive directive) throws Exception {
        String[] parts = directive.argument().split(" ", 2);
        byte[] content = ConformanceFiles.content(directive.word(), sizesIn(parts.length > 1 ? parts[1] : ""))
                .orElseThrow(() -> new IllegalArgumentException("unknown directive @" + directive.word()));
        sizes.put(parts[0], content.length);
        SharedRedshift.s3().put(row.id() + "/" + parts[0], content);
    }

    private Connection session(String name) throws SQLException {
        Connection known = sessions.get(name);
        if (known != null) {
            return known;
        }
        Connection opened = SharedRedshift.connect();
        sessions.put(name, opened);
        try (Statement statement = opened.createStatement()) {
            statement.execute("set search_path to " + schema);
        }
        return opened;
    }

    private Outcome execute(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            boolean rows = statement.execute(sql);
            notices = warnings(statement.getWarnings());
            return rows ? new Outcome.Rows(rows(statement)) : new Outcome.Count(statement.getUpdateCount());
        } catch (SQLException e) {
            String detail = e instanceof RedshiftException server
                            && server.getServerErrorMessage() != null
                            && server.getServerErrorMessage().getDetail() != null
                    ? "\n" + server.getServerErrorMessage().getDetail()
                    : "";
            return new Outcome.Failed(String.valueOf(e.getSQLState()), e.getMessage() + detail);
        }
    }

    private static List<String> warnings(SQLWarning first) {
        List<String> texts = new ArrayList<>();
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            texts.add(warning.getMessage());
        }
        return texts;
    }

    private static List<String> rows(Statement statement) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.getResultSet()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    String value = rows.getString(i);
                    values.add(value == null ? "NULL" : value);
                }
                texts.add(String.join("|", values));
            }
        }
        return texts;
    }

    private String substituted(String text) {
        return text.replace("${s3}", "s3://" + LocalS3.BUCKET + "/" + row.id() + "/")
                .replace("${bucket}", LocalS3.BUCKET)
                .replace("${role}", SharedRedshift.ROLE)
                .replace("${roleElsewhere}", SharedRedshift.ROLE_ELSEWHERE)
                .replace("${accessKey}", LocalS3.ACCESS_KEY)
                .replace("${secretKey}", LocalS3.SECRET_KEY)
                .replace("${schema}", schema);
    }

    private String sizesIn(String text) {
        return SIZE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(String.valueOf(sizes.get(match.group(1)))));
    }

    @Override
    public void close() throws Exception {
        try {
            for (CompletableFuture<Outcome> unfinished : background.values()) {
                sessions.get("main").createStatement().execute("rollback");
                unfinished.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            for (Connection connection : sessions.values()) {
                connection.close();
            }
            try (Connection connection = SharedRedshift.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("drop schema if exists " + schema + " cascade");
            }
        }
    }
}
