package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;
import org.caravan.schema.TableName;

/**
 * One execution of a pipeline: what its steps have done so far. Thread-safe: steps write it, progress and reports read it.
 *
 * <p>It belongs to the exchange that carries the run and is closed once, when that exchange ends.
 */
public final class Run {
    private final RunId id;
    private final String pipeline;
    private final Instant started;
    private final AtomicLong rowsRead = new AtomicLong();
    private final AtomicLong bytesStaged = new AtomicLong();
    private final StepTimes steps = new StepTimes();
    private final Map<Point, Long> rows = new EnumMap<>(Point.class);
    private final Map<Point, String> digests = new EnumMap<>(Point.class);
    private final Map<String, Map<String, Long>> alterations = new TreeMap<>();
    private final RunParameters parameters = new RunParameters();
    private final List<StagedPart> parts = new ArrayList<>();
    private final Recovery recovery;
    private final Warnings warnings = new Warnings();
    private final Proof proof = new Proof();
    private volatile Lease lease = Lease.NONE;
    private String route = "";
    private Optional<String> query = Optional.empty();
    private OptionalLong expectedRows = OptionalLong.empty();
    private Optional<Columns> columns = Optional.empty();
    private Optional<HeldTable> held = Optional.empty();
    private Optional<FileFormat> fileFormat = Optional.empty();
    private Optional<String> jsonPaths = Optional.empty();
    private Optional<String> manifest = Optional.empty();
    private Optional<TableName> published = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();
    private final Deque<Runnable> releases = new ArrayDeque<>();
    private boolean closing;

    /** How a run ended. */
    public record Outcome(Instant ended, Optional<Failure> failure) {
        public boolean isDone() {
            return failure.isEmpty();
        }
    }

    public Run(RunId id, String pipeline, Instant started) {
        this.id = requireNonNull(id, "id");
        this.pipeline = requireNonNull(pipeline, "pipeline");
        this.started = requireNonNull(started, "started");
        this.recovery = new Recovery(pipeline + " run " + id);
    }

    public RunId id() {
        return id;
    }

    public String pipeline() {
        return pipeline;
    }

    public Instant started() {
        return started;
    }

    public Recovery recovery() {
        return recovery;
    }

    /** Gives the run its lease, from which on it is kept. */
    void setLease(Lease lease) {
        this.lease = requireNonNull(lease, "lease");
        recovery.setLease(lease);
        lease.origin().ifPresent(proof::setOrigin);
        proof.setSecrets(lease.secrets());
    }

    /** The fencing token: greater than that of every earlier run of the pipeline; empty if no ledger keeps the run. */
    public OptionalLong token() {
        return lease.token();
    }

    /** What the run's certificate tells beside. */
    public Proof proof() {
        return proof;
    }

    /** Notes the text of the pipeline's route; only its hash is kept. */
    synchronized void setRoute(String text) {
        this.route = Sha256.of(text);
    }

    /** The hash of the pipeline's route; empty text if the route has no source. */
    public synchronized String route() {
        return route;
    }

    /**
     * Notes the SQL of the query; only its hash is kept.
     *
     * @throws CaravanException if the run has to repeat another query
     */
    public synchronized void setQuery(String sql) {
        String hash = Sha256.of(sql);
        recovery.checkQuery(hash);
        this.query = Optional.of(hash);
    }

    /** Notes the query of the run that goes on. */
    synchronized void setQueryHash(Optional<String> hash) {
        this.query = hash;
    }

    /** The hash of the query, once it was read. */
    public synchronized Optional<String> query() {
        return query;
    }

    /** The values with which the query is executed. */
    public RunParameters parameters() {
        return parameters;
    }

    /** The comment that every SQL statement of this run carries. */
    public String comment(Step step) {
        return "/* caravan pipeline=" + pipeline + " run=" + id + " step=" + step.label() + " */ ";
    }

    /**
     * Starts a step, or goes on with it.
     *
     * @throws CaravanException if the run has lost its pipeline's lock, or the ledger cannot be used; the step must not begin
     */
    public void begin(Step step) {
        boolean enters;
        synchronized (this) {
            enters = steps.begin(step);
        }
        if (enters) {
            lease.enter(step);
        }
    }

    /** When each step began first. */
    public synchronized Map<Step, Instant> begins() {
        return steps.begins();
    }

    /** Ends a step for now and adds its time; does nothing if it is not under way. */
    public synchronized void end(Step step) {
        steps.end(step);
    }

    /** The step begun last; an error that says no other belongs to it. */
    public synchronized Step current() {
        return steps.current();
    }

    /** The time spent in each step that was begun, in the order of the steps. */
    public synchronized Map<Step, Duration> times() {
        return steps.times();
    }

    public void addRowsRead(long count) {
        rowsRead.addAndGet(count);
    }

    /** Rows read from the source so far. */
    public long rowsRead() {
        return rowsRead.get();
    }

    /**
     * Counts a value that the source changed because the route asks for it.
     *
     * @param column the column's name in the run's files
     * @param rule the setting that changed it, such as {@code onOverflow=truncate}
     */
    public void addAlteration(String column, String rule) {
        addAlteration(column, rule, 1);
    }

    synchronized void addAlteration(String column, String rule, long values) {
        alterations.computeIfAbsent(column, name -> new TreeMap<>()).merge(rule, values, Long::sum);
    }

    /** How many values of each column were changed by each rule; empty if every value is the source's. */
    public synchronized Map<String, Map<String, Long>> alterations() {
        Map<String, Map<String, Long>> copy = new TreeMap<>();
        alterations.forEach((column, rules) -> copy.put(column, new TreeMap<>(rules)));
        return Collections.unmodifiableMap(copy);
    }

    public void addBytesStaged(long count) {
        bytesStaged.addAndGet(count);
    }

    /** Bytes encoded into files so far. */
    public long bytesStaged() {
        return bytesStaged.get();
    }

    /** Notes how many rows the source expects to give; an estimate. */
    public synchronized void setExpectedRows(long expected) {
        this.expectedRows = OptionalLong.of(expected);
    }

    public synchronized OptionalLong expectedRows() {
        return expectedRows;
    }

    public synchronized void setColumns(Columns columns) {
        this.columns = Optional.of(columns);
    }

    public synchronized Optional<Columns> columns() {
        return columns;
    }

    /**
     * Notes a part that was encoded, before it is uploaded.
     *
     * @throws CaravanException as {@link #begin}
     */
    public void addPart(StagedPart part) {
        synchronized (this) {
            parts.add(part);
        }
        lease.add(part);
    }

    /** The parts encoded so far, by number. */
    public synchronized List<StagedPart> parts() {
        List<StagedPart> copy = new ArrayList<>(parts);
        copy.sort(Comparator.comparingInt(StagedPart::number));
        return Collections.unmodifiableList(copy);
    }

    /** Notes how many rows were counted at a point; a later count replaces an earlier one. */
    public synchronized void count(Point point, long count) {
        rows.put(point, count);
    }

    public synchronized OptionalLong rows(Point point) {
        Long count = rows.get(point);
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
    }

    /** The row counts at the points that the run has come to. */
    public synchronized Map<Point, Long> counts() {
        return new EnumMap<>(rows);
    }

    /** Notes the table that holds the run's rows now, and no others; and the columns as they are there. */
    public void setTable(TableName table, Columns tableColumns) {
        setTable(table, tableColumns, new Scope.Whole());
    }

    /** Notes the table that holds the run's rows now, the staging table, then the target, and which of its rows they are. */
    public synchronized void setTable(TableName table, Columns tableColumns, Scope scope) {
        this.held = Optional.of(new HeldTable(table, tableColumns, scope));
    }

    /** The columns of the run's table as they are there: an instant is staged as its UTC time. */
    public synchronized Optional<Columns> tableColumns() {
        return held.map(HeldTable::columns);
    }

    public synchronized Optional<TableName> table() {
        return held.map(HeldTable::name);
    }

    /** Which rows of the run's table are the run's. */
    public synchronized Scope scope() {
        return held.map(HeldTable::scope).orElseGet(Scope.Whole::new);
    }

    /**
     * Notes what the run's files are.
     *
     * @throws IllegalStateException if a part before was something else: one COPY loads one format
     */
    public synchronized void setFileFormat(FileFormat format) {
        if (fileFormat.isPresent() && !fileFormat.get().equals(format)) {
            throw new IllegalStateException("The parts of run " + id + " differ: one is " + shown(fileFormat.get())
                    + ", one is " + shown(format));
        }
        fileFormat = Optional.of(format);
    }

    private static String shown(FileFormat format) {
        return format.name() + " (" + format.copyOptions() + ")";
    }

    /** What the run's files are; empty before the first is encoded, and if the result is empty. */
    public synchronized Optional<FileFormat> fileFormat() {
        return fileFormat;
    }

    /** Notes the address (s3://…) of the JSONPaths file that COPY needs. */
    public synchronized void setJsonPaths(String address) {
        this.jsonPaths = Optional.of(address);
    }

    public synchronized Optional<String> jsonPaths() {
        return jsonPaths;
    }

    public synchronized void setManifest(String key) {
        this.manifest = Optional.of(key);
    }

    public synchronized Optional<String> manifest() {
        return manifest;
    }

    /** Notes the digest of the rows, and where it was computed: {@link Point#FILES} from the rows encoded, else by that engine. */
    public synchronized void digest(Point computedBy, String digest) {
        digests.put(computedBy, digest);
    }

    public synchronized Map<Point, String> digests() {
        return new EnumMap<>(digests);
    }

    /** What does not fail the run, but should be looked at. */
    public Warnings warnings() {
        return warnings;
    }

    /** Notes that a table was found, at a point, to hold what was queried. */
    public void verified(TableName verified, Point point) {
        proof.evidence().add(verified, point, Set.of(Evidence.Compared.ROWS));
    }

    public boolean isVerified(TableName name, Point point) {
        return proof.evidence().has(name, point);
    }

    public synchronized void setPublished(TableName target) {
        this.published = Optional.of(target);
    }

    /** The target table, once its rows are this run's. */
    public synchronized Optional<TableName> published() {
        return published;
    }

    /**
     * Notes that the run cannot succeed any more, whatever becomes of the exception: a route may handle it, and a parallel split
     * may lose it. The first counts.
     */
    public synchronized void fail(Throwable cause) {
        if (failure.isEmpty()) {
            failure = Optional.of(cause);
        }
    }

    public synchronized Optional<Throwable> failure() {
        return failure;
    }

    /** Gives the run something to free when it is closed; what was given last is freed first. */
    public synchronized void onClose(Runnable release) {
        releases.push(requireNonNull(release, "release"));
    }

    /**
     * Frees what the run holds, notes its end in the ledger, and closes it. Only the first call counts.
     *
     * @return whether this call closed it
     */
    boolean close(Outcome how) {
        Deque<Runnable> pending;
        synchronized (this) {
            if (closing) {
                return false;
            }
            closing = true;
            pending = new ArrayDeque<>(releases);
            steps.endAll();
        }
        recovery.release(pending);
        Outcome stands = lease.end(proof.certify(this, how));
        synchronized (this) {
            outcome = Optional.of(stands);
        }
        return true;
    }

    /** Whether the run is over and frees what it holds. */
    public synchronized boolean isClosing() {
        return closing;
    }

    public synchronized Optional<Outcome> outcome() {
        return outcome;
    }
}
