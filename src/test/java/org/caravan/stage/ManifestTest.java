package org.caravan.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.caravan.ledger.StagedPart;
import org.junit.jupiter.api.Test;

class ManifestTest {
    @Test
    void isTheJsonThatRedshiftReads() throws Exception {
        assertThat(json(List.of(
                        new StagedPart(1, "caravan/p/r/part-00001.parquet", 10, 4711, 0),
                        new StagedPart(2, "caravan/p/r/part-00002.parquet", 5, 5_000_000_000L, 0))))
                .isEqualTo("{\"entries\":["
                        + "{\"url\":\"s3://landing/caravan/p/r/part-00001.parquet\",\"mandatory\":true,\"meta\":{\"content_length\":4711}},"
                        + "{\"url\":\"s3://landing/caravan/p/r/part-00002.parquet\",\"mandatory\":true,\"meta\":{\"content_length\":5000000000}}"
                        + "]}");
    }

    @Test
    void listsNothingForAnEmptyResult() throws Exception {
        assertThat(json(List.of())).isEqualTo("{\"entries\":[]}");
    }

    /** The JSON as a route gives it, by camel-jackson with its own settings. */
    private static String json(List<StagedPart> parts) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:json").marshal().json(JsonLibrary.Jackson);
                }
            });
            context.start();
            Exchange exchange = context.createProducerTemplate()
                    .send("direct:json", sent -> sent.getMessage().setBody(Manifest.of("landing", parts)));
            assertThat(exchange.getException()).isNull();
            return exchange.getMessage().getBody(String.class);
        }
    }
}
