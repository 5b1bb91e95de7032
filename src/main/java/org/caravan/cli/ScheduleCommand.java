package org.caravan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.KeptRun;
import org.caravan.ledger.Pause;
import org.caravan.ledger.StartedBy;
import org.caravan.schedule.ScheduleEndpoint;
import org.caravan.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** When each pipeline runs, and how it went last. */
@Command(
        name = "schedule",
        description = {
            "List when each pipeline runs: its cron in words, its time zone, the next five times, and its last run.",
            "Reads the files, not a service that runs; connects to the ledger alone."
        },
        mixinStandardHelpOptions = true)
final class ScheduleCommand implements Callable<Integer> {
    private static final int SHOWN = 5;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    private final ObjectNode report = JsonNodeFactory.instance.objectNode();
    private final ArrayNode reported = report.putArray("pipelines");

    private int exitCode = ExitCode.DONE;

    @Override
    public Integer call() {
        try {
            list(common.settings());
        } catch (CaravanException e) {
            problem(e.getMessage(), e.category().exitCode());
        }
        if (json) {
            spec.commandLine().getOut().println(report);
        }
        return exitCode;
    }

    private void list(Settings settings) {
        List<Path> files = Host.files(settings, common.routes());
        try (Host host = Host.dry(settings.with(Checks.stand(settings.problems(common.routes()))), common.routes());
                LedgerOfSettings ledger = LedgerOfSettings.open(settings, StartedBy.COMMAND)) {
            for (Finding finding : RouteFiles.load(host.context(), files).findings()) {
                finding.category()
                        .ifPresent(
                                category -> problem(finding.subject() + ": " + finding.message(), category.exitCode()));
            }
            Map<String, Pause> pauses =
                    ledger.ledger().schedules().orElseThrow().pauses();
            for (String pipeline : host.pipelines()) {
                try {
                    show(
                            PlannedPipeline.of(host, pipeline),
                            ledger.ledger().latest(Optional.of(pipeline), 1).stream()
                                    .findFirst(),
                            Optional.ofNullable(pauses.get(pipeline)));
                } catch (CaravanException e) {
                    problem(pipeline + ": " + e.getMessage(), e.category().exitCode());
                }
            }
        }
    }

    private void problem(String message, int code) {
        spec.commandLine().getErr().println(message);
        exitCode = exitCode == ExitCode.DONE ? code : exitCode;
    }

    private void show(PlannedPipeline planned, Optional<KeptRun> last, Optional<Pause> pause) {
        List<Instant> next = planned.next(Instant.now(), SHOWN);
        if (json) {
            report(planned, next, last, pause);
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(planned.pipeline() + ": " + planned.words()
                + planned.schedule()
                        .map(ScheduleEndpoint::getCron)
                        .filter(cron -> !cron.isBlank())
                        .map(cron -> " (" + cron + ")")
                        .orElse(""));
        pause.ifPresent(paused -> out.println("  paused since " + KeptRunText.seconds(paused.since()) + " by "
                + paused.by() + (paused.reason().isEmpty() ? "" : ": " + paused.reason())));
        planned.schedule().ifPresent(schedule -> {
            for (int i = 0; i < next.size(); i++) {
                out.println((i == 0 ? "  next  " : "        ")
                        + LocalTimes.of(List.of(next.get(i)), schedule.getTimeZone()));
            }
        });
        out.println("  last  "
                + last.map(run -> run.state().label() + ", began " + KeptRunText.seconds(run.started()) + ", run "
                                + run.id())
                        .orElse("never ran"));
    }

    private void report(PlannedPipeline planned, List<Instant> next, Optional<KeptRun> last, Optional<Pause> pause) {
        ObjectNode entry = reported.addObject().put("pipeline", planned.pipeline());
        entry.put("words", planned.words()).put("trigger", planned.trigger());
        planned.schedule().ifPresent(schedule -> {
            if (schedule.getCron().isBlank()) {
                ArrayNode after = entry.putArray("after");
                schedule.follows().forEach(after::add);
            } else {
                entry.put("cron", schedule.getCron());
            }
            entry.put("timeZone", schedule.getTimeZone());
            ArrayNode times = entry.putArray("next");
            next.forEach(time -> times.add(time.atZone(ZoneId.of(schedule.getTimeZone()))
                    .toOffsetDateTime()
                    .toString()));
        });
        entry.put("paused", pause.isPresent());
        pause.ifPresent(paused -> entry.putObject("pause")
                .put("since", paused.since().toString())
                .put("by", paused.by())
                .put("reason", paused.reason()));
        last.ifPresent(run -> entry.putObject("last")
                .put("run", run.id().value())
                .put("outcome", run.state().label())
                .put("started", run.started().toString()));
    }
}
