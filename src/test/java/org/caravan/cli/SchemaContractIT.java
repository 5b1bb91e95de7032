package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source whose columns change: the target follows as far as the route says, or keeps its rows. */
class SchemaContractIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OLD =
            "SELECT id::bigint AS id, 7::int AS amount, 1.5::numeric(6,2) AS price, 'old'::varchar(9) AS"
                    + " name FROM generate_series(1, 5) id";
    private static final String NEW =
            "SELECT id::bigint AS id, 8000000000::bigint AS amount, 12345.5::numeric(12,4) AS price,"
                    + " 'a much longer name'::varchar(30) AS name, date '2026-01-01' AS day FROM generate_series(4, 6) id";

    @TempDir
    private Path directory;

    @Test
    void refusesAnyDifferenceBeforeItLoads() throws Exception {
        run("schema_freeze", OLD, Map.of(), 0);

        JsonNode report = run("schema_freeze", NEW, Map.of(), 8);

        assertThat(report.path("error").path("message").asText())
                .contains("The target public.schema_freeze does not fit the result of pipeline 'schema_freeze'")
                .contains("'amount' is integer, the result's is BIGINT (takes schemaChange=widen)")
                .contains("'name' is character varying(36), the result's is VARCHAR(120) (takes schemaChange=widen)")
                .contains("it lacks 'day' (DATE) (takes schemaChange=add)");
        assertThat(report.path("steps").has("load")).isFalse();
        assertThat(ask("select count(*), max(name) from public.schema_freeze")).containsExactly("5|old");
    }

    @Test
    void addsAndWidensColumnsUnderViewsAndGrants() throws Exception {
        run("schema_follow", OLD, Map.of(), 0);
        tell(
                "create view public.schema_follow_v as select id from public.schema_follow",
                "create view public.schema_follow_late as select name from public.schema_follow with no schema binding",
                "grant select on public.schema_follow to public");
        List<String> rights = ask("select privilege_type, identity_name from svv_relation_privileges where"
                + " relation_name = 'schema_follow' order by 1, 2");

        JsonNode report =
                run("schema_follow", NEW, Map.of("mode", "merge", "keys", "id", "schemaChange", "add,widen"), 0);

        assertThat(types("schema_follow"))
                .containsExactlyInAnyOrder(
                        "id|bigint", "amount|bigint", "price|numeric(12,4)", "name|character varying(120)", "day|date");
        assertThat(ask("select id, amount, price, name, day from public.schema_follow where id in (1, 4) order by id"))
                .containsExactly("1|7|1.5000|old|null", "4|8000000000|12345.5000|a much longer name|2026-01-01");
        assertThat(ask("select count(*) from public.schema_follow_v")).containsExactly("6");
        assertThat(ask("select count(*) from public.schema_follow_late")).containsExactly("6");
        assertThat(ask("select privilege_type, identity_name from svv_relation_privileges where"
                        + " relation_name = 'schema_follow' order by 1, 2"))
                .isEqualTo(rights)
                .isNotEmpty();
        assertThat(report.path("warnings"))
                .extracting(warning -> warning.path("message").asText())
                .containsExactlyInAnyOrder(
                        "column 'name' of public.schema_follow was character varying(36) and is VARCHAR(120)",
                        "column 'amount' of public.schema_follow was integer and is BIGINT",
                        "column 'price' of public.schema_follow was numeric(6,2) and is DECIMAL(12,4)",
                        "column 'day' DATE was added to public.schema_follow");
    }

    @Test
    void widensNothingThatAViewIsBoundToAndFillsNoColumnThatIsGone() throws Exception {
        run("schema_bound", OLD, Map.of(), 0);
        tell("create view public.schema_bound_v as select name from public.schema_bound");

        JsonNode bound = run("schema_bound", NEW, Map.of("schemaChange", "add,widen"), 8);
        JsonNode gone =
                run("schema_bound", "SELECT 1::bigint AS id, 2::int AS amount", Map.of("schemaChange", "add,widen"), 8);

        assertThat(bound.path("error").path("message").asText())
                .contains("cannot be widened: the views public.schema_bound_v are bound to them");
        assertThat(gone.path("error").path("message").asText())
                .contains(
                        "it has 'name' (character varying(36)), which the result has not (takes schemaChange=replace)");
        assertThat(ask("select count(*), max(name) from public.schema_bound_v")).containsExactly("5|old");
        assertThat(types("schema_bound")).contains("amount|integer", "name|character varying(36)");
    }

    @Test
    void makesTheTargetAnewWhenItIsSwapped() throws Exception {
        run("schema_swap", OLD, Map.of("mode", "swap"), 0);
        tell("grant select on public.schema_swap to public");

        run(
                "schema_swap",
                "SELECT 'x' || id AS id, 1::smallint AS n FROM generate_series(1, 3) id",
                Map.of("mode", "swap", "schemaChange", "replace"),
                0);

        assertThat(types("schema_swap")).containsExactly("id|character varying(65535)", "n|smallint");
        assertThat(ask("select count(*) from public.schema_swap")).containsExactly("3");
        assertThat(ask("select count(*) from svv_relation_privileges where relation_name = 'schema_swap' and"
                        + " identity_type = 'public'"))
                .containsExactly("1");
    }

    private JsonNode run(String name, String sql, Map<String, String> load, int exitCode) throws Exception {
        SharedSandbox.Call call = new TestPipeline(name, sql, Map.of(), load, List.of()).call(directory);
        assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(exitCode);
        return JSON.readTree(call.out());
    }

    private static List<String> types(String table) throws Exception {
        return ask(
                "select a.attname, format_type(a.atttypid, a.atttypmod) from pg_attribute a join pg_class c on c.oid ="
                        + " a.attrelid where c.relname = '" + table
                        + "' and a.attnum > 0 and not a.attisdropped order by a.attnum");
    }

    private static List<String> ask(String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection redshift = SharedSandbox.redshift()) {
            for (List<String> row : SharedSandbox.query(redshift, sql)) {
                rows.add(row.stream()
                        .map(String::valueOf)
                        .reduce((a, b) -> a + "|" + b)
                        .orElseThrow());
            }
        }
        return rows;
    }

    private static void tell(String... statements) throws Exception {
        try (Connection redshift = SharedSandbox.redshift()) {
            for (String statement : statements) {
                SharedSandbox.execute(redshift, statement);
            }
        }
    }
}
