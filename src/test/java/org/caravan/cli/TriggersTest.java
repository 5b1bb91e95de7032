package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggersTest {
    private static final String YAML =
            """
            - route:
                id: customers
                from:
                  uri: quartz:caravan/customers
                  parameters: { cron: "0 0 6 * * ?", trigger.timeZone: "Europe/Berlin", stateful: true }
                  steps:
                    - setBody: { constant: "customers ran" }
            - route:
                id: ticks
                from:
                  uri: timer:ticks
                  parameters: { period: 1, repeatCount: 1 }
                  steps:
                    - setBody: { constant: "ticks ran" }
            - route:
                id: verify
                from:
                  uri: direct:verify
                  steps:
                    - setBody: { constant: "verified" }
            """;
    private static final String XML =
            """
            <routes xmlns="http://camel.apache.org/schema/xml-io">
              <route id="orders">
                <from uri="quartz:caravan/orders?cron=0+15+6+*+*+?"/>
                <setBody><constant>orders ran</constant></setBody>
              </route>
            </routes>
            """;

    private final CamelContext context = new DefaultCamelContext();
    private final Triggers triggers = new Triggers();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void takesTheScheduleOffAndStartsARouteByACall() throws Exception {
        start();

        assertThat(triggers.pipelines())
                .contains("customers", "ticks", "orders")
                .doesNotContain("verify");
        assertThat(call("customers")).isEqualTo("customers ran");
        assertThat(call("ticks")).isEqualTo("ticks ran");
        assertThat(call("orders")).isEqualTo("orders ran");
    }

    @Test
    void leavesNoSchedulerBehind() throws Exception {
        start();

        assertThat(context.getRoutes())
                .extracting(route -> route.getEndpoint().getEndpointUri())
                .allMatch(uri -> uri.startsWith("direct:"));
        assertThat(context.getComponentNames()).doesNotContain("quartz", "timer");
    }

    @Test
    void leavesOtherRoutesAsTheyAre() throws Exception {
        start();

        assertThat(context.getRoute("verify").getEndpoint().getEndpointUri()).isEqualTo("direct://verify");
        assertThat(context.createProducerTemplate().requestBody("direct:verify", ""))
                .isEqualTo("verified");
    }

    @Test
    void asksForTheIdOfARouteThatHasASchedule() {
        ((ModelCamelContext) context).addModelLifecycleStrategy(triggers);

        assertThatThrownBy(
                        () -> PluginHelper.getRoutesLoader(context)
                                .loadRoutes(
                                        ResourceHelper.fromString(
                                                "nameless.camel.yaml",
                                                """
                                - from:
                                    uri: timer:nameless
                                    steps:
                                      - log: { message: x }
                                """)))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("The route from timer:nameless has a schedule but no id")
                .extracting("category")
                .isEqualTo(Category.CONFIG);
    }

    @ParameterizedTest
    @CsvSource({
        "quartz:a/b?cron=x, true",
        "quartz://a, true",
        "timer:a, true",
        "cron:a?schedule=x, true",
        "scheduler:a, true",
        "direct:quartz, false",
        "timers:a, false",
        "kamelet:timer-source, false",
        "quartz, false",
        "file:in, false"
    })
    void knowsASchedulerByItsScheme(String uri, boolean scheduled) {
        assertThat(Triggers.isScheduled(uri)).isEqualTo(scheduled);
    }

    private void start() throws Exception {
        ((ModelCamelContext) context).addModelLifecycleStrategy(triggers);
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString("a.camel.yaml", YAML), ResourceHelper.fromString("b.xml", XML));
        context.start();
    }

    private Object call(String pipeline) {
        return context.createProducerTemplate().requestBody(Triggers.uri(pipeline), "");
    }
}
