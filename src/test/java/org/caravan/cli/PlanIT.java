package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The verbs plan and check against the stand-ins: what they show is true, and they leave nothing behind. */
class PlanIT {
    private static final String STAGING_TABLES =
            "select table_name from information_schema.tables where table_schema = 'caravan_staging'"
                    + " and table_name not like '%load_ledger'";

    @Test
    void plansEveryColumnOfTheAwkwardTableAndRunsNothing() throws Exception {
        SharedSandbox.Call call = SharedSandbox.call("plan", "profile", "--config", config());

        assertThat(call.err()).isEmpty();
        assertThat(call.exitCode()).isZero();
        assertThat(call.out().lines().map(line -> line.strip().replaceAll("\\s+", " ")))
                .anyMatch(line ->
                        line.startsWith("mixedcase text BYTE_ARRAY STRING VARCHAR(65535) VARCHAR(65535) STRING ="))
                .anyMatch(line ->
                        line.startsWith("last_seen_at timestamptz INT64 TIMESTAMP(MICROS, UTC) TIMESTAMP TIMESTAMPTZ"
                                + " TIMESTAMP ="));
        assertThat(call.out().lines()).allMatch(line -> line.length() <= 120);
        assertNothingIsLeft();
    }

    @Test
    void plansTheStatementsThatBothEnginesExecute() throws Exception {
        JsonNode plan = plan("customers");
        SharedSandbox.Call run = SharedSandbox.call("run", "customers", "--config", config());
        assertThat(run.exitCode()).as(run.err()).isZero();

        try (Connection redshift = SharedSandbox.redshift();
                Connection databricks = SharedSandbox.databricks()) {
            assertThat(SharedSandbox.query(
                            redshift,
                            "select count(*) from information_schema.columns"
                                    + " where table_schema = 'public' and table_name = 'customers'"))
                    .containsExactly(List.of(String.valueOf(plan.path("columns").size())));
            for (String sql : published(plan, "redshift")) {
                assertThat(SharedSandbox.query(redshift, sql).get(0)).startsWith("1500");
            }
            for (String sql : published(plan, "databricks")) {
                assertThat(SharedSandbox.query(databricks, sql).get(0)).startsWith("1500");
            }
            redshift.setAutoCommit(false);
            // The planned tables take the planned publication, to a target that is not there: the same columns, the
            // target's types.
            SharedSandbox.execute(redshift, "DROP TABLE public.customers");
            for (String sql : section(plan, "load", "redshift")) {
                if (sql.startsWith("CREATE") || sql.startsWith("DROP")) {
                    SharedSandbox.execute(redshift, sql);
                }
            }
            for (String sql : section(plan, "publish", "redshift")) {
                if (!sql.equals("COMMIT")) {
                    SharedSandbox.execute(redshift, sql);
                }
            }
            redshift.rollback();
        }
        assertNothingIsLeft();
    }

    @Test
    void triesEveryConnectionAndRightAndLeavesNothing() throws Exception {
        SharedSandbox.Call call = SharedSandbox.call("check", "--connect", "--config", config());

        assertThat(call.out())
                .contains("No problem.")
                .contains("describes the query", "put, read and deleted", "and rolled back", "its schemas are shown")
                .doesNotContain("PROBLEM");
        assertThat(call.exitCode()).isZero();
        assertNothingIsLeft();
        try (Stream<Path> objects = Files.walk(SharedSandbox.bucket())) {
            assertThat(objects.filter(path -> path.toString().contains("caravan-check"))
                            .filter(Files::isRegularFile))
                    .isEmpty();
        }
    }

    @Test
    void tellsEveryServiceThatRefuses() throws Exception {
        Path wrong = SharedSandbox.configWith(Map.of(
                "source.password", "wrong",
                "redshift.password", "wrong",
                "s3.secret-key", "wrong",
                "databricks.catalog", "no_such_catalog"));

        SharedSandbox.Call call =
                SharedSandbox.call("check", "customers", "--connect", "--json", "--config", wrong.toString());

        List<String> problems = new ArrayList<>();
        for (JsonNode finding : json(call).path("findings")) {
            if (!finding.path("ok").asBoolean()) {
                problems.add(finding.path("category").asText() + " "
                        + finding.path("message").asText());
            }
        }
        assertThat(problems)
                .hasSize(5)
                .anyMatch(problem -> problem.startsWith("source ") && problem.contains("source.password"))
                .anyMatch(problem -> problem.startsWith("stage s3:ListBucket on the bucket"))
                .anyMatch(problem -> problem.startsWith("load ") && problem.contains("redshift.password"))
                .anyMatch(problem -> problem.startsWith("publish ") && problem.contains("redshift.password"))
                .anyMatch(problem -> problem.startsWith("verify ") && problem.contains("databricks.catalog"));
        assertThat(call.exitCode()).isEqualTo(4);
    }

    private static String config() {
        return SharedSandbox.config().toString();
    }

    private static JsonNode plan(String pipeline) throws IOException {
        SharedSandbox.Call call = SharedSandbox.call("plan", pipeline, "--json", "--config", config());
        assertThat(call.exitCode()).isZero();
        return json(call);
    }

    private static JsonNode json(SharedSandbox.Call call) throws IOException {
        return new ObjectMapper().readTree(call.out());
    }

    /** What an engine is asked of the published table. */
    private static List<String> published(JsonNode plan, String engine) {
        List<String> statements = new ArrayList<>();
        for (JsonNode section : plan.path("statements")) {
            if (section.path("step").asText().equals("verify")
                    && section.path("engine").asText().equals(engine)
                    && section.path("title").asText().startsWith("Verify public.")) {
                statements.addAll(statements(section));
            }
        }
        assertThat(statements).isNotEmpty();
        return statements;
    }

    private static List<String> section(JsonNode plan, String step, String engine) {
        for (JsonNode section : plan.path("statements")) {
            if (section.path("step").asText().equals(step)
                    && section.path("engine").asText().equals(engine)) {
                return statements(section);
            }
        }
        throw new AssertionError("No section " + step + " in " + plan);
    }

    private static List<String> statements(JsonNode section) {
        List<String> statements = new ArrayList<>();
        section.path("statements")
                .forEach(statement -> statements.add(statement.path("sql").asText()));
        return statements;
    }

    private static void assertNothingIsLeft() throws SQLException {
        try (Connection redshift = SharedSandbox.redshift()) {
            assertThat(SharedSandbox.query(redshift, STAGING_TABLES)).isEmpty();
        }
    }
}
