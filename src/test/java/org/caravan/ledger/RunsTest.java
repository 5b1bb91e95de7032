package org.caravan.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run is closed once, when the exchange that it belongs to is over. */
class RunsTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        Runs.of(context).addListener(new Runs.Listener() {
            @Override
            public void begun(Run run) {
                events.add("begun");
            }

            @Override
            public void ended(Run run, Run.Outcome outcome) {
                events.add(outcome.failure()
                        .map(failure -> "failed " + failure.message())
                        .orElse("done"));
            }
        });
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("begins").from("kamelet:source").process(RunsTest.this::begin);
                routeTemplate("outer")
                        .from("kamelet:source")
                        .to("kamelet:begins")
                        .process(e -> events.add("in outer"));

                from("direct:plain").process(RunsTest.this::begin).process(e -> events.add("step"));
                from("direct:fails").process(RunsTest.this::begin).process(e -> {
                    throw new CaravanException(Category.LOAD, "no room");
                });
                from("direct:handles")
                        .onException(CaravanException.class)
                        .handled(true)
                        .end()
                        .process(RunsTest.this::begin)
                        .process(e -> {
                            throw new CaravanException(Category.LOAD, "no room");
                        });
                from("direct:kamelet").to("kamelet:begins").process(e -> events.add("step"));
                from("direct:nested").to("kamelet:outer").process(e -> events.add("step"));
                from("direct:kamelet-fails").to("kamelet:begins").process(e -> {
                    throw new CaravanException(Category.LOAD, "no room");
                });
                from("direct:split")
                        .process(RunsTest.this::begin)
                        .split(body().tokenize(","))
                        .process(e -> events.add("part"))
                        .end()
                        .process(e -> events.add("step"));
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void closesWhenTheExchangeEnds() {
        assertThat(events("plain")).containsExactly("begun", "step", "done");
    }

    @Test
    void closesWhenTheExchangeFails() {
        assertThat(events("fails")).containsExactly("begun", "failed no room");
    }

    @Test
    void isNotDoneBecauseTheRouteHandledTheFailure() {
        assertThat(events("handles")).containsExactly("begun", "failed no room");
    }

    @Test
    void outlivesTheKameletThatItBeganIn() {
        assertThat(events("kamelet")).containsExactly("begun", "step", "done");
    }

    @Test
    void outlivesNestedKamelets() {
        assertThat(events("nested")).containsExactly("begun", "in outer", "step", "done");
    }

    @Test
    void failsWithTheExchangeThatCalledTheKamelet() {
        assertThat(events("kamelet-fails")).containsExactly("begun", "failed no room");
    }

    @Test
    void outlivesTheExchangesOfASplit() {
        assertThat(events("split")).containsExactly("begun", "part", "part", "step", "done");
    }

    private void begin(Exchange exchange) {
        Runs.of(exchange.getContext()).begin(exchange, "p");
    }

    private List<String> events(String route) {
        context.createProducerTemplate()
                .send("direct:" + route, exchange -> exchange.getMessage().setBody("a,b"));
        return events;
    }
}
