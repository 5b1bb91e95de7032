package org.caravan.schedule;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Ledger;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;

/**
 * Starts pipelines by a timetable, on the scheduler of Camel's quartz component, whose settings (camel.component.quartz.*) hold. Its
 * options are the defaults of its endpoints.
 */
@Component("caravan-schedule")
public class ScheduleComponent extends DefaultComponent {
    @Metadata(description = "The time zone of the cron, such as Europe/Berlin.", defaultValue = "UTC")
    private String timeZone = "UTC";

    @Metadata(
            description = "What becomes of times that passed while nothing could run: run-once or skip.",
            enums = "run-once,skip",
            defaultValue = "run-once")
    private String misfire = "run-once";

    @Metadata(
            description =
                    "When no pipeline starts, beside what each says itself: windows of local time with semicolons between,"
                            + " such as 22:00-06:00; Sat,Sun; 2026-12-24..2026-12-26.")
    private String blackout = "";

    private ScheduledPipelines pipelines;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        ScheduleEndpoint endpoint = new ScheduleEndpoint(uri, this);
        endpoint.setPipeline(remaining);
        endpoint.setTimeZone(timeZone);
        endpoint.setMisfire(misfire);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** The pipelines on the scheduler of Camel's quartz component, which is made now if there is none yet. */
    synchronized ScheduledPipelines pipelines() {
        if (pipelines == null) {
            CamelContext context = getCamelContext();
            QuartzComponent quartz = context.getComponent("quartz", QuartzComponent.class);
            if (quartz == null) {
                throw new CaravanException(
                        Category.CONFIG,
                        "caravan-schedule needs Camel's quartz component: add camel-quartz to the class path.");
            }
            pipelines = new ScheduledPipelines(
                    new PipelineScheduler(quartz.getScheduler()),
                    context.getRegistry().findByType(Ledger.class).stream()
                            .findFirst()
                            .flatMap(Ledger::schedules));
            Runs.of(context).addListener(new Ended(pipelines));
        }
        return pipelines;
    }

    /** When the pipelines are due that have their routes here, by their names. */
    public synchronized Map<String, DueTimes> due() {
        return pipelines == null ? Map.of() : pipelines.due();
    }

    /** Whether Quartz is shut down although pipelines are to start by it. */
    public synchronized boolean isSchedulerOver() {
        return pipelines != null && pipelines.isOver();
    }

    /** Tells that a pipeline has ended, which others may follow. */
    private record Ended(ScheduledPipelines pipelines) implements Runs.Listener {
        @Override
        public void begun(Run run) {
            // Nobody follows a run that begins.
        }

        @Override
        public void ended(Run run, Run.Outcome outcome) {
            pipelines.ended();
        }
    }

    @Override
    protected synchronized void doStop() throws Exception {
        if (pipelines != null) {
            pipelines.close();
        }
        super.doStop();
    }

    public String getTimeZone() {
        return timeZone;
    }

    public void setTimeZone(String timeZone) {
        this.timeZone = timeZone;
    }

    public String getMisfire() {
        return misfire;
    }

    public void setMisfire(String misfire) {
        this.misfire = misfire;
    }

    public String getBlackout() {
        return blackout;
    }

    public void setBlackout(String blackout) {
        this.blackout = blackout;
    }
}
