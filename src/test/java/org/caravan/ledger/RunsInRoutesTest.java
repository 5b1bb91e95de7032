package org.caravan.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs in routes as users write them, in YAML, and a ledger that is first asked for when the context runs already. */
class RunsInRoutesTest {
    private static final String ROUTES =
            """
            - routeTemplate:
                id: extract
                parameters:
                  - name: fail
                    defaultValue: "false"
                from:
                  uri: kamelet:source
                  steps:
                    - process: { ref: begin }
                    - filter:
                        simple: "{{fail}} == 'true'"
                        steps:
                          - process: { ref: fail }
            - route:
                id: everyday
                from:
                  uri: direct:everyday
                  steps:
                    - to: kamelet:extract
                    - process: { ref: step }
            - route:
                id: fails-inside
                from:
                  uri: direct:fails-inside
                  steps:
                    - to: kamelet:extract?fail=true
                    - process: { ref: step }
            - route:
                id: each
                from:
                  uri: direct:each
                  steps:
                    - split:
                        tokenize: ","
                        steps:
                          - to: kamelet:extract
                          - process: { ref: step }
            - route:
                id: called
                from:
                  uri: direct:called
                  steps:
                    - process: { ref: begin }
            - route:
                id: calls
                from:
                  uri: direct:calls
                  steps:
                    - to: direct:called
                    - process: { ref: step }
            - route:
                id: forgets
                from:
                  uri: direct:forgets
                  steps:
                    - process: { ref: begin }
                    - process: { ref: note }
            - route:
                id: twice
                from:
                  uri: direct:twice
                  steps:
                    - process: { ref: begin }
                    - process: { ref: begin }
            """;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void closesARunThatBeganInAKameletWithTheRouteThatCalledIt() throws Exception {
        start(true);

        assertThat(send("everyday")).containsExactly("begun", "step", "done");
    }

    @Test
    void closesARunThatFailedInsideTheKameletItBeganIn() throws Exception {
        start(true);

        assertThat(send("fails-inside")).containsExactly("begun", "failed load: no room");
    }

    @Test
    void closesARunOfEachPieceOfASplit() throws Exception {
        start(true);

        assertThat(send("each")).containsExactly("begun", "step", "done", "begun", "step", "done");
    }

    @Test
    void outlivesTheRouteThatItBeganInIfAnotherCalledIt() throws Exception {
        start(true);

        assertThat(send("calls")).containsExactly("begun", "step", "done");
    }

    @Test
    void isOneRunHoweverOftenItBegins() throws Exception {
        start(true);

        assertThat(send("twice")).containsExactly("begun", "done");
    }

    @Test
    void isNotDoneIfItNotedAFailureThatTheExchangeLost() throws Exception {
        start(true);

        assertThat(send("forgets")).containsExactly("begun", "failed stage: part 3 was lost");
    }

    @Test
    void closesARunAlthoughTheContextRanBeforeTheLedgerWasAskedFor() throws Exception {
        start(false);

        assertThat(send("calls")).containsExactly("begun", "step", "done");
    }

    @Test
    void isOnePerContext() throws Exception {
        assertThat(Runs.of(context)).isSameAs(Runs.of(context));
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            assertThat(Runs.of(other)).isNotSameAs(Runs.of(context));
        }
    }

    @Test
    void tellsAStepOutsideOfARunWhatIsMissing() {
        Exchange exchange = new DefaultExchange(context);

        assertThat(Runs.find(exchange)).isEmpty();
        assertThatThrownBy(() -> Runs.current(exchange, "caravan-stage://parts"))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("'caravan-stage://parts' in route")
                .hasMessageContaining("put a caravan-query step before it");
    }

    private void start(boolean listening) throws Exception {
        if (listening) {
            listen();
        }
        bind("begin", exchange -> Runs.of(exchange.getContext()).begin(exchange, "p"));
        bind("step", exchange -> events.add("step"));
        bind("fail", exchange -> {
            throw new CaravanException(Category.LOAD, "no room");
        });
        bind("note", exchange -> Runs.find(exchange)
                .orElseThrow()
                .fail(new CaravanException(Category.STAGE, "part 3 was lost")));
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes.camel.yaml", ROUTES));
        context.start();
        if (!listening) {
            listen();
        }
    }

    private void bind(String name, Processor processor) {
        context.getRegistry().bind(name, Processor.class, processor);
    }

    private void listen() {
        Runs.of(context).addListener(new Runs.Listener() {
            @Override
            public void begun(Run run) {
                events.add("begun");
            }

            @Override
            public void ended(Run run, Run.Outcome outcome) {
                events.add(outcome.failure()
                        .map(failure -> "failed " + failure.category().label() + ": " + failure.message())
                        .orElse("done"));
            }
        });
    }

    private List<String> send(String route) {
        context.createProducerTemplate()
                .send("direct:" + route, exchange -> exchange.getMessage().setBody("a,b"));
        return events;
    }
}
