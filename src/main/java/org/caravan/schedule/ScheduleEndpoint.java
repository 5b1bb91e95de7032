package org.caravan.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.caravan.ledger.CaravanException;
import org.quartz.TriggerKey;

/**
 * Start a pipeline by a cron of Unix or Quartz in a time zone, with rules for changes of the clocks and for times that were missed.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "caravan-schedule",
        title = "Caravan Schedule",
        syntax = "caravan-schedule:pipeline",
        consumerOnly = true,
        remote = false,
        headersClass = ScheduleConstants.class,
        category = {Category.SCHEDULING})
public class ScheduleEndpoint extends DefaultEndpoint {
    private static final String USUAL = "usual";

    @UriPath(description = "The pipeline: the id of the route that starts here.")
    private String pipeline = "";

    @UriParam(
            description =
                    "When: a cron of five fields as Unix has it (minute hour day month weekday), or of six or seven as"
                            + " Quartz has it (second minute hour day month weekday year).")
    private String cron = "";

    @UriParam(
            description =
                    "In place of a cron: the pipelines after which this one runs, once each has ended well anew, with commas"
                            + " between; group:NAME for all pipelines of a group.")
    private String after = "";

    @UriParam(description = "The group that the pipeline is in, for others to follow.")
    private String group = "";

    @UriParam(
            description =
                    "When the pipeline does not start, whatever the cron says: windows of local time with semicolons between,"
                            + " such as 22:00-06:00; Sat,Sun; Mon-Fri 08:00-18:00; 2026-12-24..2026-12-26.")
    private String blackout = "";

    @UriParam(description = "The time zone of the cron, such as Europe/Berlin. Default is the component's.")
    private String timeZone = "UTC";

    @UriParam(
            description =
                    "What becomes of times that passed while nothing could run. run-once: one run for all, at once."
                            + " skip: wait for the next time.",
            enums = "run-once,skip",
            defaultValue = "run-once")
    private String misfire = "run-once";

    @UriParam(
            description =
                    "What becomes of a time that does not exist because clocks are put forward. shift: it comes as much"
                            + " later. skip: it does not come that day.",
            enums = "shift,skip",
            defaultValue = "shift")
    private String dstGap = "shift";

    @UriParam(
            description =
                    "What becomes of a time that exists twice because clocks are put back. once: it comes the first time."
                            + " twice: it comes both times. usual: twice if the cron comes in every hour, else once.",
            enums = "usual,once,twice",
            defaultValue = USUAL)
    private String dstOverlap = USUAL;

    public ScheduleEndpoint(String uri, ScheduleComponent component) {
        super(uri, component);
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("caravan-schedule starts a route; it is no step (to)");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        ScheduleConsumer consumer = new ScheduleConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        check();
    }

    /**
     * Makes sure that the options are right, and that a time is still to come.
     *
     * @throws CaravanException with every problem at once
     */
    public void check() {
        List<String> problems = new ArrayList<>();
        if (cron.isBlank() == after.isBlank()) {
            problems.add(
                    cron.isBlank()
                            ? "it has no cron; say when, such as cron=0 6 * * *, or after which pipeline, such as after=customers"
                            : "it has a cron and says after=" + after + "; one of them starts the pipeline");
        }
        if (!cron.isBlank()) {
            attempt(problems, this::parsedCron);
        }
        if (follows().contains(pipeline) || (!group.isBlank() && follows().contains(Plan.GROUP + group))) {
            problems.add("it would follow itself: after=" + after);
        }
        attempt(problems, this::blackouts);
        attempt(problems, this::zone);
        attempt(problems, () -> choice("misfire", misfire, Misfire.values()));
        attempt(problems, () -> choice("dstGap", dstGap, DstGap.values()));
        attempt(
                problems,
                () -> dstOverlap.equals(USUAL) ? USUAL : choice("dstOverlap", dstOverlap, DstOverlap.values()));
        if (problems.isEmpty()
                && timetable()
                        .filter(times -> times.after(Instant.now()).isEmpty())
                        .isPresent()) {
            problems.add("The cron '" + cron + "' names no time that is still to come"
                    + (blackouts().windows().isEmpty() ? "" : " and in no blackout"));
        }
        if (!problems.isEmpty()) {
            throw new CaravanException(
                    org.caravan.ledger.Category.CONFIG,
                    "The schedule of pipeline '" + pipeline + "': " + String.join("; ", problems) + ".");
        }
    }

    private interface Attempt {
        Object get();
    }

    private static void attempt(List<String> problems, Attempt attempt) {
        try {
            attempt.get();
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    private Cron parsedCron() {
        return Cron.parse(cron);
    }

    private Blackout blackouts() {
        return Blackout.parse(blackout + ";" + ((ScheduleComponent) getComponent()).getBlackout());
    }

    /** The pipelines that this one follows, and the groups, with {@code group:} before them. */
    public Set<String> follows() {
        return Arrays.stream(after.split(",", -1))
                .map(String::strip)
                .filter(other -> !other.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(timeZone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "the time zone '" + timeZone + "' is not known; it is such as Europe/Berlin or UTC", e);
        }
    }

    private static <T extends Enum<T>> T choice(String option, String text, T[] values) {
        for (T value : values) {
            if (label(value).equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException(option + " is "
                + String.join(
                        " or ",
                        Arrays.stream(values).map(ScheduleEndpoint::label).toList())
                + ", not '" + text + "'");
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Plan plan() {
        return new Plan(pipeline, timetable(), misfires(), group, follows(), blackouts(), zone());
    }

    Optional<Timetable> timetable() {
        if (cron.isBlank()) {
            return Optional.empty();
        }
        Cron parsed = parsedCron();
        return Optional.of(new Timetable(
                parsed,
                zone(),
                choice("dstGap", dstGap, DstGap.values()),
                dstOverlap.equals(USUAL)
                        ? Timetable.usualOverlap(parsed)
                        : choice("dstOverlap", dstOverlap, DstOverlap.values()),
                blackouts()));
    }

    Misfire misfires() {
        return choice("misfire", misfire, Misfire.values());
    }

    /** The key of the trigger in Quartz, which is there while a route starts here. */
    public TriggerKey triggerKey() {
        return new TriggerKey(pipeline, PipelineScheduler.GROUP);
    }

    /** When the pipeline runs, in English. */
    public String words() {
        String windows = blackouts().text();
        return (cron.isBlank()
                        ? "after " + String.join(" and ", follows())
                        : parsedCron().words() + ", " + timeZone)
                + (windows.isEmpty() ? "" : ", not in " + windows + (cron.isBlank() ? " " + timeZone : ""));
    }

    /** The next times at which it runs after another, at most so many; none if it follows other pipelines. */
    public List<Instant> next(Instant time, int count) {
        return timetable().map(times -> times.after(time, count)).orElse(List.of());
    }

    public String getPipeline() {
        return pipeline;
    }

    public void setPipeline(String pipeline) {
        this.pipeline = pipeline;
    }

    public String getCron() {
        return cron;
    }

    public void setCron(String cron) {
        this.cron = cron;
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

    public String getDstGap() {
        return dstGap;
    }

    public void setDstGap(String dstGap) {
        this.dstGap = dstGap;
    }

    public String getDstOverlap() {
        return dstOverlap;
    }

    public void setDstOverlap(String dstOverlap) {
        this.dstOverlap = dstOverlap;
    }

    public String getAfter() {
        return after;
    }

    public void setAfter(String after) {
        this.after = after;
    }

    public String getGroup() {
        return group;
    }

    public void setGroup(String group) {
        this.group = group;
    }

    public String getBlackout() {
        return blackout;
    }

    public void setBlackout(String blackout) {
        this.blackout = blackout;
    }
}
