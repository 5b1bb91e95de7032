package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb schedule, and what check says of schedules. */
class ScheduleCommandTest {
    @TempDir
    private Path directory;

    private Path routes;
    private Path config;

    @BeforeEach
    void write() throws IOException {
        routes = Files.createDirectory(directory.resolve("routes"));
        config = Files.writeString(
                directory.resolve("settings.properties"),
                CommandLineCall.SETTINGS + "schedule.time-zone=Europe/Berlin\n");
    }

    @Test
    void listsWhenEachPipelineRunsInWordsWithTheNextFiveTimes() throws IOException {
        route(
                "daily",
                "quartz:caravan/daily?cron=0+0+6+*+*+?&trigger.timeZone={{schedule.time-zone:UTC}}&stateful=true");
        route("weekly", "caravan-schedule:weekly?cron=0 6 * * 1&timeZone=America/Los_Angeles");
        route("ticks", "timer:ticks");

        CommandLineCall call = schedule();

        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out())
                .contains("daily: every day at 06:00, Europe/Berlin (0 0 6 * * ?)")
                .contains("weekly: at 06:00 on Monday, America/Los_Angeles (0 6 * * 1)")
                .contains("ticks: started by timer:ticks, of which Caravan knows no times")
                .contains("  last  never ran")
                .containsPattern("  next  Mon 20\\d\\d-\\d\\d-\\d\\d 06:00 -0[78]:00\n {8}Mon 20");
        assertThat(call.out().lines().filter(line -> line.contains(" 06:00 +0")))
                .hasSize(5);
    }

    @Test
    void saysTheSameAsJson() throws IOException {
        route("daily", "quartz:caravan/daily?cron=0+0+6+*+*+?&trigger.timeZone={{schedule.time-zone:UTC}}");

        JsonNode pipeline = schedule("--json").json().path("pipelines").path(0);

        assertThat(pipeline.path("pipeline").asText()).isEqualTo("daily");
        assertThat(pipeline.path("words").asText()).isEqualTo("every day at 06:00, Europe/Berlin");
        assertThat(pipeline.path("next")).hasSize(5).allSatisfy(time -> assertThat(
                        OffsetDateTime.parse(time.asText()).getHour())
                .isEqualTo(6));
        assertThat(pipeline.has("last")).isFalse();
    }

    @Test
    void namesABadCronAndListsTheOthersAllTheSame() throws IOException {
        route("good", "caravan-schedule:good?cron=0 6 * * *");
        route("bad", "quartz:caravan/bad?cron=0+0+25+*+*+?");
        route("other", "caravan-schedule:another?cron=0 6 * * *");

        CommandLineCall call = schedule();

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.out()).contains("good: every day at 06:00").doesNotContain("bad:");
        assertThat(call.err())
                .contains(
                        "bad: The schedule of pipeline 'bad': The cron '0 0 25 * * ?' is not valid: Hour values must be"
                                + " between 0 and 23.")
                .contains("other: The route 'other' starts from caravan-schedule:another; say caravan-schedule:other");
    }

    @Test
    void isCheckedWithTheNextTimesOfAGoodCronAndWhatIsWrongWithABadOne() throws IOException {
        route("good", "caravan-schedule:good?cron=0 6 * * 1-5&timeZone=UTC");
        route("bad", "caravan-schedule:bad?cron=0 6 * *&timeZone=Mars/Phobos");

        CommandLineCall call =
                CommandLineCall.of("check", "--routes", routes.toString(), "--config", config.toString(), "--json");

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.json().path("findings"))
                .anySatisfy(finding -> {
                    assertThat(finding.path("subject").asText()).isEqualTo("good: schedule");
                    assertThat(finding.path("ok").asBoolean()).isTrue();
                    assertThat(finding.path("message").asText())
                            .startsWith("at 06:00 every day between Monday and Friday, UTC; next ")
                            .containsPattern("( \\w{3} 20\\d\\d-\\d\\d-\\d\\d 06:00 \\+00:00,?){5}");
                })
                .anySatisfy(finding -> {
                    assertThat(finding.path("subject").asText()).isEqualTo("bad: schedule");
                    assertThat(finding.path("ok").asBoolean()).isFalse();
                    assertThat(finding.path("message").asText())
                            .contains("The cron '0 6 * *' is not valid: it has 4 fields")
                            .contains("the time zone 'Mars/Phobos' is not known");
                });
    }

    @Test
    void pausesAPipelineUntilItIsUnpausedAndShowsWhoDid() throws IOException {
        route("daily", "caravan-schedule:daily?cron=0 6 * * *");

        assertThat(call("pause", "daily", "--reason", "the source moves").out())
                .isEqualTo("daily is paused: no run of it begins by its schedule.\n");
        assertThat(call("pause", "daily").out()).isEqualTo("daily was paused already.\n");

        assertThat(schedule().out()).containsPattern("  paused since \\S+Z by \\S+: the source moves\n");
        JsonNode paused = schedule("--json").json().path("pipelines").path(0);
        assertThat(paused.path("paused").asBoolean()).isTrue();
        assertThat(paused.path("pause").path("reason").asText()).isEqualTo("the source moves");

        assertThat(call("unpause", "daily").out()).isEqualTo("daily runs by its schedule again.\n");
        assertThat(call("resume-schedule", "daily").out()).isEqualTo("daily was not paused.\n");
        assertThat(schedule("--json")
                        .json()
                        .path("pipelines")
                        .path(0)
                        .path("paused")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void pausesNoPipelineThatIsNotThere() throws IOException {
        route("daily", "caravan-schedule:daily?cron=0 6 * * *");

        CommandLineCall call = call("pause", "dayly");

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.err()).contains("There is no pipeline 'dayly'").contains("there are: daily.");
    }

    @Test
    void showsWhatAPipelineFollowsAndRefusesWhatIsNotThere() throws IOException {
        route("customers", "caravan-schedule:customers?cron=0 6 * * *&group=nightly&blackout=Sat,Sun");
        route("report", "caravan-schedule:report?after=customers,group:nightly");
        route("lost", "caravan-schedule:lost?after=custumers");
        route("both", "caravan-schedule:both?cron=0 6 * * *&after=customers");

        CommandLineCall call = schedule();
        CommandLineCall check =
                CommandLineCall.of("check", "--routes", routes.toString(), "--config", config.toString());

        assertThat(call.out())
                .contains("customers: every day at 06:00, Europe/Berlin, not in Sat,Sun (0 6 * * *)")
                .contains("report: after customers and group:nightly\n");
        assertThat(call.out().lines().filter(line -> line.contains(" 06:00 +0")))
                .hasSize(5)
                .noneMatch(line -> line.contains("Sat ") || line.contains("Sun "));
        assertThat(call.err()).contains("it has a cron and says after=customers; one of them starts the pipeline");
        assertThat(check.out().replaceAll("\\s+", " ")).contains("It runs after custumers, which no route");
    }

    private CommandLineCall call(String verb, String... more) {
        List<String> arguments = new ArrayList<>(List.of(verb));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--routes", routes.toString(), "--config", config.toString()));
        return CommandLineCall.of(arguments.toArray(String[]::new));
    }

    private void route(String id, String from) throws IOException {
        Files.writeString(
                routes.resolve(id + ".camel.yaml"),
                "- route:\n    id: " + id + "\n    from:\n      uri: \"" + from
                        + "\"\n      steps:\n        - log: { message: x }\n");
    }

    private CommandLineCall schedule(String... more) {
        return call("schedule", more);
    }
}
