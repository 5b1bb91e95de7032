package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong ends with its exit code and one message that names the setting to mend, and leaves the target alone. */
class FailuresIT {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "source.password          | wrong                                   | 4 | source  | source.password",
                "source.url               | jdbc:postgresql://127.0.0.1:1/source    | 4 | source  | source.url",
                "staging.bucket           | no-such-bucket                          | 5 | stage   | staging.bucket",
                "s3.secret-key            | wrong                                   | 5 | stage   | s3.secret-key",
                "staging.bucket           | ''                                      | 3 | config  | staging.bucket",
                "redshift.copy.iam-role   | ''                                      | 3 | config  | redshift.copy.iam-role",
                "redshift.copy.iam-role   | caravan-copy                            | 3 | config  | redshift.copy.iam-role",
                "redshift.copy.iam-role   | arn:aws:iam::123456789012:role/stranger | 6 | load    | redshift.copy.iam-role",
                "redshift.password        | wrong                                   | 6 | load    | redshift.password",
                "redshift.url             | jdbc:redshift://127.0.0.1:1/dev;ssl=false | 6 | load  | redshift.url",
                "databricks.token         | wrong                                   | 7 | verify  | databricks.token",
                "databricks.catalog       | elsewhere                               | 7 | verify  | databricks.catalog"
            })
    void namesTheSettingToMend(String key, String value, int exitCode, String category, String named) throws Exception {
        List<List<String>> before = target();

        SharedSandbox.Call call = SharedSandbox.call(
                "run",
                "customers",
                "--json",
                "--config",
                SharedSandbox.configWith(Map.of(key, value, "retry.delay", "50ms"))
                        .toString());

        assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(exitCode);
        JsonNode report = new ObjectMapper().readTree(call.out());
        assertThat(report.path("outcome").asText()).isEqualTo("failed");
        assertThat(report.path("error").path("category").asText()).isEqualTo(category);
        assertThat(report.path("error").path("message").asText())
                .contains(named)
                .doesNotContain("Exception")
                .doesNotContain("\n");
        assertThat(target()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM no_such_table | 4 | no_such_table",
                "SELEC c_custkey FROM customer | 4 | syntax error",
                "SELECT c_custkey FROM customer WHERE false | 4 | returned no rows",
                "SELECT c_acctbal * 1.5 AS more FROM customer | 4 | columns.more.type=decimal(38,18)",
                "SELECT c_custkey, c_name AS \"C_CUSTKEY\" FROM customer | 4 | set columns.C_CUSTKEY.rename or give one another alias",
                "SELECT c_custkey, repeat('é', 40000) AS long_name FROM customer | 4 | 80000 bytes",
                "SELECT c_custkey, 10 / (c_custkey - 1000) AS broken FROM customer | 4 | division by zero"
            })
    void saysWhatIsWrongWithTheQuery(String sql, int exitCode, String said) throws Exception {
        List<List<String>> before = target();
        Path shipped = Common.home().resolve("routes");
        for (String file : List.of("customers.camel.yaml", "verify.camel.yaml")) {
            Files.copy(shipped.resolve(file), directory.resolve(file));
        }
        Files.writeString(directory.resolve("customers.sql"), sql);

        SharedSandbox.Call call = SharedSandbox.call(
                "run", "customers", "--config", SharedSandbox.config().toString(), "--routes", directory.toString());

        assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(exitCode);
        assertThat(call.err()).contains("customers failed (source)").contains(said);
        assertThat(target()).isEqualTo(before);
    }

    @Test
    void saysWhichPipelinesThereAre() {
        SharedSandbox.Call call = SharedSandbox.call(
                "run", "custommers", "--config", SharedSandbox.config().toString());

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("custommers").contains("customers, lineitem, orders, profile");
    }

    private static List<List<String>> target() throws Exception {
        try (Connection redshift = SharedSandbox.redshift()) {
            List<List<String>> tables = SharedSandbox.query(
                    redshift,
                    "select 1 from information_schema.tables where table_schema = 'public' and table_name = 'customers'");
            if (tables.isEmpty()) {
                return tables;
            }
            return SharedSandbox.query(redshift, "select count(*), sum(c_custkey) from public.customers");
        }
    }
}
