package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.sandbox.conformance.ConformanceRow;
import org.caravan.sandbox.conformance.Expected.Outcome;
import org.caravan.sandbox.databricks.SqlTokens.Token;

/** One conformance row, carried out with a schema, a catalog and a principal of its own: see {@link DatabricksConformanceTest}. */
final class ConformanceRun implements AutoCloseable {
    private static final Pattern SESSION = Pattern.compile("@(\\w+):\\s*(.*)", Pattern.DOTALL);
    private static final Pattern DIRECTIVE = Pattern.compile("@([\\w-]+)\\s*(.*)", Pattern.DOTALL);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ConformanceRow row;
    private final int redshiftPort;
    private final String own;
    private final String reader;
    private final Map<String, Connection> sessions = new HashMap<>();
    private boolean orderedFaults;
    private String answer = "";

    ConformanceRun(ConformanceRow row, int redshiftPort) throws SQLException {
        this.row = row;
        this.redshiftPort = redshiftPort;
        this.own = "c_" + row.id().replace('-', '_');
        this.reader = "reader-" + row.id();
        String cells = row.given() + row.statement();
        if (cells.contains("reader") || cells.contains("@client-http")) {
            SharedWarehouse.principal(reader);
        }
        if (cells.contains("${schema}")) {
            execute("remote", "create schema " + own);
        }
        if (cells.contains("${catalog}")) {
            execute("main", "CREATE FOREIGN CATALOG " + own + " USING CONNECTION rs OPTIONS (database 'dev')");
        }
    }

    /** What came of the row's last step. */
    Outcome outcome() throws Exception {
        for (String step : steps(row.given())) {
            mustSucceed(step, perform(step));
        }
        List<String> judged = steps(row.statement());
        for (String step : judged.subList(0, judged.size() - 1)) {
            mustSucceed(step, perform(step));
        }
        return perform(judged.get(judged.size() - 1));
    }

    private static void mustSucceed(String step, Outcome outcome) {
        if (outcome instanceof Outcome.Failed) {
            throw new AssertionError(step + " failed: " + outcome);
        }
    }

    /** Lines that begin with @, and statements between semicolons. */
    private List<String> steps(String cell) {
        List<String> steps = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        for (String line : substituted(cell).split("\n", -1)) {
            if (line.startsWith("@")) {
                addStatements(steps, sql);
                steps.add(line.strip());
            } else {
                sql.append(line).append('\n');
            }
        }
        addStatements(steps, sql);
        return steps;
    }

    private static void addStatements(List<String> steps, StringBuilder text) {
        int from = 0;
        for (Token token : SqlTokens.of(text.toString())) {
            if (token.isSymbol(";")) {
                steps.add(text.substring(from, token.start()).strip());
                from = token.end();
            }
        }
        steps.add(text.substring(from).strip());
        steps.removeIf(String::isEmpty);
        text.setLength(0);
    }

    private Outcome perform(String step) throws Exception {
        Matcher session = SESSION.matcher(step);
        if (session.matches()) {
            return execute(session.group(1), session.group(2));
        }
        Matcher directive = DIRECTIVE.matcher(step);
        return directive.matches() ? direct(directive.group(1), directive.group(2)) : execute("main", step);
    }

    private Outcome direct(String word, String argument) throws Exception {
        switch (word) {
            case "faults" -> {
                SharedWarehouse.faults(argument);
                orderedFaults = true;
                return new Outcome.Count(0);
            }
            case "columns" -> {
                String[] names = argument.split(" ");
                try (ResultSet rows = session("main").getMetaData().getColumns(names[0], names[1], names[2], null)) {
                    return new Outcome.Rows(SharedWarehouse.rows(rows, "COLUMN_NAME", "TYPE_NAME").stream()
                            .map(values -> values.get(0) + "|" + values.get(1))
                            .toList());
                }
            }
            case "value" -> {
                JsonNode value = MAPPER.readTree(answer).at(argument.strip());
                return new Outcome.Rows(List.of(value.isMissingNode() ? "MISSING" : value.asText()));
            }
            case "follow" -> {
                return http(
                        Optional.empty(),
                        "GET " + MAPPER.readTree(answer).at(argument.strip()).asText());
            }
            case "http" -> {
                return http(Optional.of("Bearer " + SharedWarehouse.ADMIN_TOKEN), argument);
            }
            case "reader-http" -> {
                return http(Optional.of("Bearer token-" + reader), argument);
            }
            case "client-http" -> {
                byte[] pair = (reader + ":secret-" + reader).getBytes(StandardCharsets.UTF_8);
                return http(Optional.of("Basic " + Base64.getEncoder().encodeToString(pair)), argument);
            }
            case "anonymous-http" -> {
                return http(Optional.empty(), argument);
            }
            default -> throw new IllegalArgumentException("unknown directive @" + word);
        }
    }

    private Outcome http(Optional<String> authorization, String argument) throws Exception {
        String[] parts = argument.split(" ", 3);
        HttpResponse<String> response =
                SharedWarehouse.call(parts[0], parts[1], authorization, parts.length > 2 ? parts[2] : "");
        answer = response.body();
        return response.statusCode() < 400
                ? new Outcome.Rows(List.of(answer))
                : new Outcome.Failed(String.valueOf(response.statusCode()), answer);
    }

    private Outcome execute(String session, String sql) {
        try (Statement statement = session(session).createStatement()) {
            if (!statement.execute(sql)) {
                return new Outcome.Count(statement.getUpdateCount());
            }
            try (ResultSet rows = statement.getResultSet()) {
                List<String> texts = new ArrayList<>();
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        String value = rows.getString(i);
                        values.add(value == null ? "NULL" : value);
                    }
                    texts.add(String.join("|", values));
                }
                return new Outcome.Rows(texts);
            }
        } catch (SQLException e) {
            return new Outcome.Failed(String.valueOf(e.getSQLState()), e.getMessage());
        }
    }

    private Connection session(String name) throws SQLException {
        Connection known = sessions.get(name);
        if (known != null) {
            return known;
        }
        Connection opened =
                switch (name) {
                    case "main", "json" -> SharedWarehouse.connect(SharedWarehouse.JSON);
                    case "arrow" -> SharedWarehouse.connect(SharedWarehouse.ARROW);
                    case "reader" -> SharedWarehouse.connectAs(reader);
                    case "remote" ->
                        DriverManager.getConnection(
                                "jdbc:redshift://127.0.0.1:" + redshiftPort + "/dev;ssl=false",
                                DatabricksConformanceTest.USER,
                                DatabricksConformanceTest.PASSWORD);
                    default -> throw new IllegalArgumentException("unknown session @" + name + ":");
                };
        sessions.put(name, opened);
        return opened;
    }

    private String substituted(String cell) {
        return cell.replace("${schema}", own)
                .replace("${catalog}", own)
                .replace("${reader}", reader)
                .replace("${row}", own)
                .replace("${port}", String.valueOf(redshiftPort))
                .replace("${password}", DatabricksConformanceTest.PASSWORD);
    }

    @Override
    public void close() throws Exception {
        if (orderedFaults) {
            SharedWarehouse.faults("{\"unavailable\":0,\"too_many_requests\":0,\"invalid_token\":0,\"pending\":0,"
                    + "\"truncated\":0,\"lost_answer\":0,\"delay_millis\":0,\"missing_columns\":false,"
                    + "\"asleep_seconds\":0,\"token_seconds\":3600,\"link_seconds\":900}");
        }
        execute("main", "DROP CATALOG IF EXISTS " + own);
        execute("main", "DROP CONNECTION IF EXISTS " + own);
        execute("remote", "drop schema if exists " + own + " cascade");
        for (Connection session : sessions.values()) {
            session.close();
        }
    }
}
