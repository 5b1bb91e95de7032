package org.caravan.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Schedules;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.StartedBy;
import org.caravan.ledger.store.JdbcLedger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;

/** What becomes of triggers in a job store that outlives the node. */
class ClusteredScheduleTest {
    @TempDir
    private static Path directory;

    private static ScheduleDatabase database;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        database = new ScheduleDatabase(directory);
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void keepsATriggerWhenItsNodeStopsAndAppliesAChangeOfTheZoneAloneAtTheNextStart() throws Exception {
        node("moved", "cron=0 6 * * *&timeZone=Europe/Berlin").close();
        List<List<String>> before = triggers("moved");
        assertThat(before).hasSize(1);
        assertThat(before.get(0)).contains("CARAVAN");

        node("moved", "cron=0 6 * * *&timeZone=Europe/Berlin").close();
        assertThat(triggers("moved")).isEqualTo(before);

        node("moved", "cron=0 6 * * *&timeZone=America/Los_Angeles").close();
        assertThat(triggers("moved")).hasSize(1).isNotEqualTo(before);
        assertThat(database.rows("SELECT str_prop_1 FROM qrtz_simprop_triggers WHERE trigger_name = 'moved'"))
                .singleElement()
                .asString()
                .contains("America/Los_Angeles");
    }

    @Test
    void appliesAChangeOfTheMisfirePolicyAlone() throws Exception {
        node("policy", "cron=0 6 * * *").close();
        List<List<String>> before =
                database.rows("SELECT misfire_instr FROM qrtz_triggers WHERE trigger_name = 'policy'");

        node("policy", "cron=0 6 * * *&misfire=skip").close();

        assertThat(database.rows("SELECT misfire_instr FROM qrtz_triggers WHERE trigger_name = 'policy'"))
                .hasSize(1)
                .isNotEqualTo(before);
    }

    @Test
    void deletesTheTriggerOfARouteThatIsRemovedUnlessAnotherNodeServesIt() throws Exception {
        Schedules other = ledger().schedules().orElseThrow();
        DefaultCamelContext node = node("gone", "cron=0 6 * * *");
        other.serve("other", Set.of("gone"));

        remove(node, "gone");
        assertThat(triggers("gone")).hasSize(1);

        route(node, "gone", "cron=0 6 * * *");
        other.leave("other");
        remove(node, "gone");
        assertThat(triggers("gone")).isEmpty();
        assertThat(database.rows("SELECT * FROM qrtz_job_details WHERE job_name = 'gone'"))
                .isEmpty();
    }

    @Test
    void deletesWhatIsLeftOfAFileThatWentWhileNoNodeWasUp() throws Exception {
        node("left", "cron=0 6 * * *").close();
        assertThat(triggers("left")).hasSize(1);
        DefaultCamelContext node = node("stays", "cron=0 6 * * *");
        Scheduler quartz = node.getComponent("quartz", QuartzComponent.class).getScheduler();
        Schedules schedules = ledger().schedules().orElseThrow();

        new PipelineScheduler(quartz).deleteOthers(() -> schedules.served(Duration.ofMinutes(1)));

        assertThat(triggers("left")).isEmpty();
        assertThat(triggers("stays")).hasSize(1);
    }

    @Test
    void schedulesAgainWhatAnotherNodeDeletedThatHeardNothingOfIt() throws Exception {
        DefaultCamelContext node = node("deleted", "cron=0 6 * * *");
        new PipelineScheduler(node.getComponent("quartz", QuartzComponent.class).getScheduler()).delete("deleted");
        assertThat(triggers("deleted")).isEmpty();

        await().until(() -> triggers("deleted").size() == 1);
    }

    private JdbcLedger ledger() {
        JdbcLedger ledger = new JdbcLedger(
                ScheduleDatabase.at(database.url()),
                Origin.here(StartedBy.SCHEDULE, ""),
                Secrets.NONE,
                Duration.ofMinutes(1));
        opened.add(ledger);
        return ledger;
    }

    private DefaultCamelContext node(String pipeline, String options) throws Exception {
        DefaultCamelContext context = ScheduleDatabase.node(database.url(), ledger());
        route(context, pipeline, options);
        context.start();
        opened.add(context);
        return context;
    }

    private static void route(DefaultCamelContext context, String pipeline, String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("caravan-schedule:" + pipeline + "?" + options)
                        .routeId(pipeline)
                        .log("runs");
            }
        });
    }

    private static void remove(DefaultCamelContext context, String pipeline) throws Exception {
        context.getRouteController().stopRoute(pipeline);
        context.removeRoute(pipeline);
    }

    private static List<List<String>> triggers(String pipeline) throws SQLException {
        return database.rows("SELECT trigger_type, next_fire_time FROM qrtz_triggers WHERE trigger_name = '" + pipeline
                + "' AND trigger_group = '" + PipelineScheduler.GROUP + "'");
    }
}
