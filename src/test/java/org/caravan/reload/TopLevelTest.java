package org.caravan.reload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files have something at their top level that Camel passes over. */
class TopLevelTest {
    private static final String ROUTE =
            """
            # Every day
            - route:
                id: daily
                from:
                  uri: timer:daily
                  steps:
                    - log: one
            """;

    private static Optional<Problem> problem(String text) {
        return TopLevel.problem(Path.of("daily.camel.yaml"), text);
    }

    @Test
    void knowsTheWordsThatCamelKnows() throws Exception {
        try (InputStream schema =
                Thread.currentThread().getContextClassLoader().getResourceAsStream("schema/camelYamlDsl.json")) {
            JsonNode items = new ObjectMapper().readTree(schema).path("items");

            assertThat(items.path("properties").fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrderElementsOf(TopLevel.WORDS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ROUTE,
                "---\n" + ROUTE,
                "- beans:\n    - name: a\n      type: java.lang.Object\n" + ROUTE,
                "- onException:\n    exception: java.io.IOException\n",
                "  - from:\n      uri: timer:a\n      steps:\n        - log: a\n",
                "- \"route\":\n    id: a\n",
                "[{\"route\": {\"id\": \"a\"}}]",
                "apiVersion: camel.apache.org/v1\nkind: Kamelet\nmetadata:\n  name: a\n",
                "",
                "# nothing\n"
            })
    void findsNothingWrong(String text) {
        assertThat(problem(text)).isEmpty();
        assertThat(problem(text.replace("\n", "\r\n"))).isEmpty();
    }

    @Test
    void namesAStepThatIsNotIndented() {
        Problem problem = problem(ROUTE + "- to: kamelet:caravan-load\n").orElseThrow();

        assertThat(problem.line()).isEqualTo(OptionalInt.of(8));
        assertThat(problem.message())
                .contains("'to' stands at the top level, outside of every route", "below the 'steps:' of its route");
    }

    @Test
    void namesAStepInTheFormOfJson() {
        assertThat(problem("[{\"route\": {\"id\": \"a\"}}, {\"log\": \"b\"}]")
                        .orElseThrow()
                        .message())
                .startsWith("'log' stands at the top level");
    }

    @Test
    void namesAKindThatCamelDoesNotLoad() {
        assertThat(problem("apiVersion: camel.apache.org/v1\nkind: Integration\nspec: {}\n")
                        .orElseThrow()
                        .message())
                .startsWith("The file begins with 'apiVersion:' and is no list");
    }

    @Test
    void namesAFileThatIsNoList() {
        Problem problem = problem("rout:\n  id: daily\n").orElseThrow();

        assertThat(problem.line()).isEqualTo(OptionalInt.of(1));
        assertThat(problem.message())
                .startsWith("The file begins with 'rout:' and is no list, so that Camel finds no route in it");
    }
}
