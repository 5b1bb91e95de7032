package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.caravan.schedule.ScheduleEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuartzRoutesTest {
    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void set() {
        Properties properties = new Properties();
        properties.putAll(Map.of("schedule.time-zone", "Europe/Berlin", "customers.schedule", "0 0 7 * * ?"));
        context.getPropertiesComponent().setInitialProperties(properties);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quartz:caravan/c?cron={{customers.schedule:0 0 6 * * ?}}&trigger.timeZone={{schedule.time-zone:UTC}}&stateful=true"
                        + " | 0 0 7 * * ? | Europe/Berlin | run-once",
                "quartz:c?cron=0+15+6+*+*+?                                | 0 15 6 * * ? | UTC | run-once",
                "quartz:c?cron=0 6 * * 1-5&trigger.timeZone=Asia/Tokyo     | 0 6 * * 1-5  | Asia/Tokyo | run-once",
                "quartz:c?cron=0 0 6 * * ?&trigger.misfireInstruction=2    | 0 0 6 * * ?  | UTC | skip",
                "quartz:c?cron=RAW(0 0 6 * * ?)&durableJob=true            | 0 0 6 * * ?  | UTC | run-once"
            })
    void readsAQuartzTrigger(String uri, String cron, String zone, String misfire) {
        ScheduleEndpoint endpoint = context.getEndpoint(
                QuartzRoutes.schedule(context, "customers", uri).orElseThrow(), ScheduleEndpoint.class);

        assertThat(endpoint.getPipeline()).isEqualTo("customers");
        assertThat(endpoint.getCron().replace('+', ' ')).isEqualTo(cron);
        assertThat(endpoint.getTimeZone()).isEqualTo(zone);
        assertThat(endpoint.getMisfire()).isEqualTo(misfire);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timer:x",
                "quartz:x?trigger.repeatInterval=1000",
                "quartz:x?cron=0 0 6 * * ?&customCalendar=#holidays",
                "quartz:x?cron=0 0 6 * * ?&trigger.misfireInstruction=-1"
            })
    void leavesToCamelWhatItDoesNotUnderstand(String uri) {
        assertThat(QuartzRoutes.schedule(context, "x", uri)).isEmpty();
    }

    @Test
    void startsTheRoutesOfAContextByCaravansSchedule() throws Exception {
        ((ModelCamelContext) context).addModelLifecycleStrategy(new QuartzRoutes(context));
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(
                        ResourceHelper.fromString(
                                "a.camel.yaml",
                                """
                                - route:
                                    id: customers
                                    from:
                                      uri: quartz:caravan/customers
                                      parameters:
                                        cron: "{{customers.schedule:0 0 6 * * ?}}"
                                        trigger.timeZone: "{{schedule.time-zone:UTC}}"
                                        stateful: true
                                      steps:
                                        - log: { message: x }
                                """),
                        ResourceHelper.fromString(
                                "b.xml",
                                """
                                <routes xmlns="http://camel.apache.org/schema/xml-io">
                                  <route id="orders">
                                    <from uri="quartz:caravan/orders?cron=0+15+6+*+*+?&amp;trigger.timeZone={{schedule.time-zone:UTC}}"/>
                                    <log message="x"/>
                                  </route>
                                </routes>
                                """));
        context.start();

        ScheduleEndpoint customers =
                (ScheduleEndpoint) context.getRoute("customers").getEndpoint();
        ScheduleEndpoint orders = (ScheduleEndpoint) context.getRoute("orders").getEndpoint();
        assertThat(customers.words()).isEqualTo("every day at 07:00, Europe/Berlin");
        assertThat(customers.getTimeZone()).isEqualTo("Europe/Berlin");
        assertThat(orders.words()).isEqualTo("every day at 06:15, Europe/Berlin");
    }
}
