package org.caravan.ledger;

import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a run gets over faults, and gets out of the way when it is told to stop. Thread-safe. */
public final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final String run;
    private final StopRequest stop = new StopRequest();
    private final Remains remains = new Remains();
    private final Retries retries;
    private volatile Lease lease = Lease.NONE;
    private volatile Optional<Resumption> resumption = Optional.empty();
    private volatile Optional<Replaced> replaced = Optional.empty();
    private volatile Optional<StagedFiles> files = Optional.empty();
    private volatile Optional<String> query = Optional.empty();

    Recovery(String run) {
        this.run = run;
        this.retries = new Retries(run, stop);
    }

    void setLease(Lease lease) {
        this.lease = lease;
    }

    void setResumption(Resumption resumption) {
        this.resumption = Optional.of(resumption);
        this.files = Optional.of(resumption.files());
        this.query = resumption.kept().run().query();
    }

    /** What the run goes on from; empty if it begins from the source. */
    public Optional<Resumption> resumption() {
        return resumption;
    }

    void setReplaced(Replaced other) {
        this.replaced = Optional.of(other);
    }

    /** The run in whose place this one was begun. */
    public Optional<Replaced> replaced() {
        return replaced;
    }

    /** Notes what is found out of an earlier run: where it was published to, which may be that in whose place this one is. */
    public void setPublished(RunId earlier, String table) {
        replaced = replaced.map(other ->
                other.run().equals(earlier) ? new Replaced(other.run(), other.why(), Optional.of(table)) : other);
    }

    /** Notes what another process needs so that it can go on from the manifest. */
    public void setFiles(StagedFiles staged) {
        this.files = Optional.of(staged);
    }

    /** What another process needs so that it can go on from the manifest, once that is written. */
    public Optional<StagedFiles> files() {
        return files;
    }

    void setExpectedQuery(String hash) {
        this.query = Optional.of(hash);
    }

    /**
     * Refuses a query that is not the one that the run has to repeat.
     *
     * @param hash that of the query in force
     * @throws CaravanException if it is another
     */
    void checkQuery(String hash) {
        if (query.isPresent() && !query.get().equals(hash)) {
            throw new CaravanException(
                    Category.CONFIG,
                    "The query has changed: its SHA-256 was " + query.get() + " and is " + hash
                            + ". To run it as it is now: caravan run.");
        }
    }

    /** Tries steps again, and counts it. */
    public Retries retries() {
        return retries;
    }

    /** The tables that the run has made and not dropped yet. */
    public Remains remains() {
        return remains;
    }

    /** Whether the run was told to stop. */
    public StopRequest stop() {
        return stop;
    }

    /** The pipeline's runs before this one of which nobody knows what became of them. */
    public EarlierRuns earlier() {
        return new EarlierRuns(lease);
    }

    /** Frees what the run holds. What frees needs connections, which an interrupted thread does not get. */
    void release(Collection<Runnable> releases) {
        boolean interrupted = Thread.interrupted();
        releases.forEach(this::release);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void release(Runnable release) {
        try {
            release.run();
        } catch (RuntimeException e) {
            LOG.warn("{}: not everything was freed: {}", run, e.getMessage(), e);
        }
    }
}
