package org.caravan.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Runs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageEndpointTest {
    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void hasTheDefaultsThatItDocuments() {
        StageEndpoint endpoint = context.getEndpoint("caravan-stage:parts", StageEndpoint.class);

        assertThat(endpoint.options()).isEqualTo(new PartOptions(Long.MAX_VALUE, 64L << 20, 0, 4));
        assertThat(endpoint.getPrefix()).isEqualTo("caravan");
        assertThat(endpoint.getSample()).isEqualTo(1);
        assertThat(endpoint.directoryPath()).isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
        assertThat(endpoint.getEmpty()).isEqualTo("auto");
    }

    @Test
    void takesEveryOption() {
        StageEndpoint parts = context.getEndpoint(
                "caravan-stage:parts?prefix=/a/b/&maxBytes=1KB&maxRows=7&directory=/x&uploads=2&sample=50",
                StageEndpoint.class);
        StageEndpoint manifest =
                context.getEndpoint("caravan-stage:manifest?bucket=landing&empty=keep", StageEndpoint.class);

        assertThat(parts.options()).isEqualTo(new PartOptions(7, 1024, 0, 2));
        assertThat(parts.getPrefix()).isEqualTo("a/b");
        assertThat(parts.getSample()).isEqualTo(50);
        assertThat(parts.directoryPath()).isEqualTo(Path.of("/x"));
        assertThat(manifest.getBucket()).isEqualTo("landing");
        assertThat(manifest.getEmpty()).isEqualTo("keep");
    }

    @ParameterizedTest
    @CsvSource({
        "caravan-stage:upload, 'caravan-stage knows the actions parts, part and manifest, not ''upload'''",
        "caravan-stage:manifest, caravan-stage:manifest needs the parameter bucket (setting staging.bucket)",
        "caravan-stage:manifest?bucket=b&empty=maybe, 'must be auto, fail, keep or replace, not ''maybe'''",
        "caravan-stage:parts?maxBytes=0MB, 'maxBytes of a part must be > 0, not 0'",
        "caravan-stage:parts?maxRows=0, 'maxRows of a part must be > 0, not 0'",
        "caravan-stage:parts?sample=0, 'sample of caravan-stage:parts (setting verify.sample) must be >= 1, not 0'",
        "caravan-stage:parts?uploads=0, 'uploads at a time must be > 0, not 0'",
        "caravan-stage:parts?maxBytes=lots, Invalid size 'lots'",
        "caravan-stage:parts?prefix=_hidden, Invalid S3 prefix '_hidden'"
    })
    void refusesWrongOptionsWhenTheRouteStarts(String uri, String message) {
        assertThatThrownBy(() -> context.getEndpoint(uri))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void startsNoRoute() {
        assertThatThrownBy(() -> context.getEndpoint("caravan-stage:parts").createConsumer(exchange -> {}))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("use it in a step");
    }

    @ParameterizedTest
    @CsvSource({"parts", "manifest?bucket=b"})
    void isAStepOfARunOnly(String action) {
        Exchange exchange = new DefaultExchange(context);

        assertConfigFailure(exchange, action, "is not part of a run; put a caravan-query step before it");
    }

    @Test
    void cutsNothingButAStreamOfRows() {
        Exchange exchange = new DefaultExchange(context);
        Runs.of(context).begin(exchange, "p");
        exchange.getMessage().setBody("text");

        assertConfigFailure(
                exchange,
                "parts",
                "needs a stream of rows as its body, but has text; put it right after caravan-query");
    }

    @Test
    void handsOnNothingThatWasNotEncoded() {
        assertConfigFailure(new DefaultExchange(context), "part", "found no encoded part; put it right after marshal");
    }

    @Test
    void needsTheClientOfTheUpload() {
        Exchange exchange = new DefaultExchange(context);
        Runs.of(context).begin(exchange, "p");
        exchange.getMessage().setBody(new Counting(1));

        assertConfigFailure(exchange, "parts?bucket=b", "caravan-stage:parts needs an S3Client in the registry");
    }

    private void assertConfigFailure(Exchange exchange, String action, String message) {
        assertThatThrownBy(() -> context.getEndpoint("caravan-stage:" + action)
                        .createProducer()
                        .process(exchange))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining(message)
                .extracting("category")
                .isEqualTo(Category.CONFIG);
    }
}
