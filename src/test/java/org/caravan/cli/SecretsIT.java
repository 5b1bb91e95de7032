package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The secret of no setting is said or kept: the launcher runs a pipeline well, and wrongly in many ways, with everything logged that
 * can be; then its output, its command line, its ledger, the bucket and the SQL that the source and the Redshift stand-in were sent are
 * searched for the secrets that were set.
 */
class SecretsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "secretive";
    private static final String LEDGER_PASSWORD = "c4n4ry-of-the-ledger";
    private static final String PARAMETER = "c4n4ry-of-the-parameter";
    private static final int AT_A_TIME = 3;

    /** What is searched for: secrets that work, of the stand-ins, and those that are set to go wrong. */
    private final Map<String, String> secrets = new TreeMap<>(Map.of(
            "the ledger's password", LEDGER_PASSWORD,
            "the parameter", PARAMETER));

    @TempDir
    private Path directory;

    private final List<String> leaks = new ArrayList<>();
    private SandboxFaults redshift;
    private SourceTap source;

    /** A call of the launcher with settings changed, and how it ends; a negative code stands for any that is not 0. */
    private record Case(String name, List<String> arguments, Map<String, String> changes, int exitCode) {}

    /** What a process said and what it was called with. */
    private record Said(Case of, int exitCode, String out, String err, String commandLine, Path config) {}

    @BeforeEach
    void prepare() throws Exception {
        Properties settings = SharedSandbox.settings();
        for (String key :
                List.of("source.password", "redshift.password", "databricks.token", "s3.secret-key", "s3.access-key")) {
            secrets.put(key, settings.getProperty(key));
        }
        TestPipeline.of(NAME, "SELECT id::bigint FROM generate_series(1, 5) id WHERE :apiToken <> ''")
                .with("parameters", "RAW(apiToken={{crm.api-token}})")
                .with("warn", "rows > 9")
                .write(directory);
        redshift = SandboxFaults.of("redshift");
        source = SourceTap.before(URI.create(settings.getProperty("source.url").replaceFirst("^jdbc:", ""))
                .getPort());
    }

    @AfterEach
    void takeFaultsBack() throws Exception {
        source.close();
        redshift.clear();
    }

    @Test
    void areNowhereAfterGoodRunsAndBadOnes() throws Exception {
        List<Case> cases = cases();
        cases.forEach(one -> one.changes().forEach((key, value) -> {
            if (value.contains("c4n4ry")) {
                secrets.put(one.name() + " " + key, value.replaceFirst("^.*(c4n4ry[a-z0-9-]+).*$", "$1"));
            }
        }));
        watchStatements();

        List<Said> said = runAll(cases);

        assertThat(said).as("what is masked in a log").anyMatch(one -> one.err().contains("***"));
        for (Said one : said) {
            String how = one.of().name() + one.out() + one.err();
            if (one.of().exitCode() < 0) {
                assertThat(one.exitCode()).as(how).isNotZero();
            } else {
                assertThat(one.exitCode()).as(how).isEqualTo(one.of().exitCode());
            }
            search(one.of().name() + ": standard output", one.out());
            search(one.of().name() + ": log and messages", one.err());
            assertThat(one.commandLine()).contains(NAME);
            search(one.of().name() + ": command line", one.commandLine());
            search(one.of().name() + ": ledger", ledger(one));
        }
        assertThat(struck()).as("statements with a secret, or none seen at all").containsExactly("step=load");
        assertThat(source.statements()).contains("generate_series(1, 5)").contains("pipeline=" + NAME);
        search("SQL that the source was sent", source.statements());
        // Bound to a statement, and so no part of its text; and seen, so that a search would have found it there.
        assertThat(source.others()).contains(PARAMETER);
        Said good = said.get(0);
        assertThat(good.err()).contains("DEBUG").contains(NAME);
        String run = JSON.readTree(good.out()).path("run").asText();
        assertThat(good.out()).contains("\"apiToken\":{\"type\":\"text\",\"value\":\"***\"}");
        readers(good, run);
        Path folder = SharedSandbox.bucket().resolve("caravan/" + NAME);
        assertThat(folder.resolve(run + "/certificate.json")).content().contains("\"value\" : \"***\"");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                search(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        try (Connection connection = SharedSandbox.redshift()) {
            search(
                    "load ledger",
                    SharedSandbox.query(connection, "select * from caravan_staging." + NAME + "__load_ledger")
                            .toString());
        }
        assertThat(leaks).isEmpty();
        search("this test", "there is " + PARAMETER + " in it");
        assertThat(leaks).as("what a search finds").hasSize(1);
    }

    private List<Case> cases() {
        List<String> run = List.of("run", NAME, "--json");
        Properties settings = SharedSandbox.settings();
        return List.of(
                new Case("good", run, Map.of(), 0),
                new Case(
                        "source-url",
                        run,
                        Map.of("source.url", "jdbc:postgresql://127.0.0.1:1/x?password=c4n4ry-url&user=u"),
                        4),
                new Case(
                        "source-wrong-url",
                        List.of("run", NAME),
                        Map.of("source.url", "jdbc:nothing://ada:c4n4ry-user@127.0.0.1:1/x?secret=1234"),
                        -1),
                new Case("redshift", run, Map.of("redshift.password", "c4n4ry-redshift"), 6),
                new Case("copy", run, Map.of("redshift.copy.iam-role", "arn:aws:iam::123456789012:role/stranger"), 6),
                new Case("databricks", run, Map.of("databricks.token", "c4n4ry-databricks"), 7),
                new Case(
                        "databricks-url",
                        List.of("run", NAME),
                        Map.of(
                                "databricks.token",
                                "",
                                "databricks.url",
                                settings.getProperty("databricks.url") + ";UID=token;PWD=c4n4ry-pwd"),
                        7),
                new Case(
                        "check",
                        List.of("check", "--connect", NAME),
                        Map.of(
                                "source.password", "c4n4ry-check-source",
                                "s3.secret-key", "c4n4ry-check-bucket",
                                "redshift.password", "c4n4ry-check-redshift",
                                "databricks.token", "c4n4ry-check-databricks"),
                        -1),
                new Case(
                        "ledger",
                        run,
                        Map.of("ledger.url", "jdbc:nothing://127.0.0.1:1/l?user=u&password=c4n4ry-other-ledger"),
                        3));
    }

    /** Each order strikes a statement once if it holds the secret; the last shows that statements are seen. */
    private void watchStatements() throws Exception {
        List<String> patterns = new ArrayList<>(secrets.values());
        patterns.add("step=load");
        for (String pattern : patterns) {
            redshift.order(JSON.writeValueAsString(Map.of(
                    "fault", "slow", "millis", 1, "statement", pattern.replaceAll("([^A-Za-z0-9=])", "\\\\$1"))));
        }
    }

    private List<String> struck() throws Exception {
        List<String> struck = new ArrayList<>();
        for (JsonNode fault : JSON.readTree(redshift.report()).findParents("struck")) {
            if (fault.path("struck").asInt() > 0) {
                struck.add(fault.path("statement").asText());
            }
        }
        return struck;
    }

    private List<Said> runAll(List<Case> cases) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Callable<Said>> calls = new ArrayList<>();
            cases.forEach(one -> calls.add(() -> run(one)));
            List<Said> said = new ArrayList<>();
            for (Future<Said> result : pool.invokeAll(calls)) {
                said.add(result.get());
            }
            return said;
        } finally {
            pool.shutdownNow();
        }
    }

    private Said run(Case one) throws Exception {
        Map<String, String> changes = new HashMap<>(Map.of(
                "ledger.url",
                "jdbc:h2:file:" + directory.resolve("ledger-" + one.name()),
                "ledger.user",
                "caravan",
                "ledger.password",
                LEDGER_PASSWORD,
                "crm.api-token",
                PARAMETER,
                "source.url",
                SharedSandbox.settings().getProperty("source.url").replaceFirst(":\\d+/", ":" + source.port() + "/")));
        changes.putAll(one.changes());
        Path config = SharedSandbox.configWith(changes);
        List<String> command =
                new ArrayList<>(List.of(Common.home().resolve("caravan").toString()));
        command.addAll(one.arguments());
        command.addAll(List.of("--routes", directory.toString(), "--config", config.toString()));
        File out = directory.resolve(one.name() + ".out").toFile();
        File err = directory.resolve(one.name() + ".err").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        builder.environment().put("CARAVAN_BUILD", "never");
        builder.environment().put("CARAVAN_LOG", "DEBUG");
        Process process = builder.start();
        String commandLines = "";
        try {
            while (!process.waitFor(500, TimeUnit.MILLISECONDS)) {
                commandLines += commandLines(process);
            }
        } finally {
            process.destroyForcibly();
        }
        return new Said(one, process.exitValue(), read(out), read(err), commandLines, config);
    }

    private static String read(File file) throws IOException {
        return Files.readString(file.toPath());
    }

    /** The command lines of a process and those that it started, as {@code ps} shows them. */
    private static String commandLines(Process process) {
        StringBuilder text = new StringBuilder();
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).forEach(handle -> {
            text.append(handle.info().commandLine().orElse(""));
            text.append(Arrays.toString(handle.info().arguments().orElse(new String[0])));
        });
        return text.toString();
    }

    /** Every row of every table, and the bytes of the file. */
    private String ledger(Said one) throws Exception {
        Path file = directory.resolve("ledger-" + one.of().name() + ".mv.db");
        if (!Files.exists(file)) {
            assertThat(one.of().name()).isIn("check", "ledger");
            return "";
        }
        StringBuilder text = new StringBuilder(Files.readString(file, StandardCharsets.ISO_8859_1));
        try (Connection ledger = DriverManager.getConnection(
                "jdbc:h2:file:" + directory.resolve("ledger-" + one.of().name()), "caravan", LEDGER_PASSWORD)) {
            List<List<String>> tables = SharedSandbox.query(
                    ledger, "select table_name from information_schema.tables where table_schema = 'PUBLIC'");
            assertThat(tables).anyMatch(table -> table.get(0).equalsIgnoreCase("caravan_run"));
            for (List<String> table : tables) {
                text.append(SharedSandbox.query(ledger, "select * from \"" + table.get(0) + "\""));
            }
        }
        return text.toString();
    }

    private void readers(Said good, String run) throws Exception {
        String config = good.config().toString();
        Map<String, List<String>> verbs = new LinkedHashMap<>();
        verbs.put("show", List.of("show", run));
        verbs.put("show --json", List.of("show", run, "--json"));
        verbs.put("show --certificate", List.of("show", run, "--certificate"));
        verbs.put("runs", List.of("runs", "--json"));
        verbs.put("plan", List.of("plan", NAME, "--sql", "--routes", directory.toString()));
        verbs.put("plan --json", List.of("plan", NAME, "--json", "--routes", directory.toString()));
        verbs.put("verify-certificate", List.of("verify-certificate", run, "--routes", directory.toString()));
        for (Map.Entry<String, List<String>> verb : verbs.entrySet()) {
            List<String> arguments = new ArrayList<>(verb.getValue());
            arguments.addAll(List.of("--config", config));
            SharedSandbox.Call call = SharedSandbox.call(arguments.toArray(new String[0]));
            assertThat(call.exitCode())
                    .as(verb.getKey() + call.out() + call.err())
                    .isZero();
            assertThat(call.out()).as(verb.getKey()).isNotBlank();
            search(verb.getKey(), call.out() + call.err());
        }
    }

    private void search(String where, String text) {
        secrets.forEach((name, secret) -> {
            String encoded = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
            for (String form : List.of(secret, encoded.replaceFirst("=+$", ""))) {
                int at = text.indexOf(form);
                if (at >= 0) {
                    String around = text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 80));
                    leaks.add(where + " holds the secret of " + name + ": " + around);
                }
            }
        });
    }
}
