package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravan.ledger.Increment;
import org.junit.jupiter.api.Test;

/** The options that {@code docs/increments.md} shows are read as it says. */
class IncrementsPageTest {
    private static final Path PAGE = Path.of("docs/increments.md");

    @Test
    void itsRouteReadsIncrements() throws Exception {
        String page = Files.readString(PAGE);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            QueryEndpoint endpoint = context.getEndpoint(
                    "caravan-query:orders?dataSource=source&sql=RAW(" + option(page, "sql") + ")&watermark="
                            + option(page, "watermark") + "&watermarkLag=" + option(page, "watermarkLag")
                            + "&watermarkStart=" + option(page, "watermarkStart"),
                    QueryEndpoint.class);

            assertThat(endpoint.plannedIncrement().orElseThrow().overlap()).isEqualTo(Increment.Overlap.SOME);
            endpoint.queryParameters().check(endpoint.getSql());
        }
    }

    private static String option(String page, String name) {
        Matcher matcher =
                Pattern.compile("(?m)^ {14}" + name + ": \"?(.*?)\"?$").matcher(page);
        assertThat(matcher.find()).as(name).isTrue();
        return matcher.group(1);
    }
}
