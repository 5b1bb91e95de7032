package org.caravan.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Failure;

/** Checks when a pipeline runs. */
final class ScheduleCheck {
    private static final int SHOWN = 5;

    private ScheduleCheck() {}

    /** What is found: the schedule in words with its next times, or what is wrong with it. */
    static Finding of(Host host, String pipeline) {
        String subject = pipeline + ": schedule";
        try {
            PlannedPipeline planned = PlannedPipeline.of(host, pipeline);
            List<String> missing = planned.missing(others(host));
            if (!missing.isEmpty()) {
                return Finding.problem(
                        subject,
                        "It runs after " + String.join(" and ", missing)
                                + ", which no route of the files that load is: it would never run.");
            }
            List<Instant> next = planned.next(Instant.now(), SHOWN);
            String times = planned.schedule()
                    .map(schedule -> LocalTimes.of(next, schedule.getTimeZone()))
                    .orElse("");
            return Finding.ok(subject, planned.words() + (times.isEmpty() ? "" : "; next " + times));
        } catch (CaravanException e) {
            return Finding.problem(subject, new Failure(e.category(), e.getMessage()));
        }
    }

    private static List<PlannedPipeline> others(Host host) {
        List<PlannedPipeline> others = new ArrayList<>();
        for (String pipeline : host.pipelines()) {
            try {
                others.add(PlannedPipeline.of(host, pipeline));
            } catch (CaravanException e) {
                others.add(new PlannedPipeline(pipeline, "", Optional.empty()));
            }
        }
        return others;
    }
}
