package org.caravan.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Failures;
import org.caravan.ledger.Point;
import org.caravan.ledger.Proof;
import org.caravan.ledger.Run;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.Step;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;
import org.caravan.schema.RowStream;
import org.caravan.verify.TableSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a stream of rows into parts, for a streaming, parallel Camel split: a part is issued only when the one before is encoded,
 * so that no two encoders read one stream, while parts before it are still being uploaded; and only when few enough are, so that
 * encoding waits for slow uploads and the local files stay bounded.
 *
 * <p>Camel's splitter asks {@link #hasNext} for the part after before it hands a part on, so only {@link #next} may wait. At the
 * end {@code next} waits until all parts are done and then gives null, which the splitter skips. Thread-safe.
 */
final class Parts implements Iterator<Part>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    /** Time in which an issued part must begin to be encoded. */
    static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Run run;
    private final RowStream rows;
    private final TableSummary summary;
    private final Keys keys;
    private final Path directory;
    private final PartOptions options;
    private final PartSizes sizes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Part> open = new HashSet<>();
    private Optional<Part> encoding = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private boolean started = true;
    private Batch pending;
    private boolean pendingRead = true;
    private boolean exhausted;
    private boolean closed;
    private int issued;
    private long encodedRows;

    Parts(Run run, RowStream rows, TableSummary summary, Keys keys, Path directory, PartOptions options) {
        this.run = run;
        this.rows = rows;
        this.summary = summary;
        this.keys = keys;
        this.directory = directory;
        this.options = options;
        this.sizes = new PartSizes(options, run.expectedRows());
        this.pending = new Batch(rows.columns(), 0);
    }

    Columns columns() {
        return rows.columns();
    }

    @Override
    public boolean hasNext() {
        lock.lock();
        try {
            return !exhausted && !closed;
        } finally {
            lock.unlock();
        }
    }

    /** The next part; null, once, after the last. Waits until the part before is encoded, and few enough are being uploaded. */
    @Override
    public Part next() {
        try {
            return nextPart();
        } catch (RuntimeException e) {
            // Camel asks once more when it releases what it did not send, and would wait for a part that nobody has.
            fail(e);
            throw e;
        } catch (Error e) {
            // Camel's parallel splitter (MulticastProcessor) catches an Exception of its iterator; an Error would end
            // its
            // thread, and the exchange would never be over.
            fail(e);
            throw new CaravanException(
                    Category.STAGE, "The run's rows could not be cut into parts, by an error of the program: " + e, e);
        }
    }

    private Part nextPart() {
        lock.lock();
        try {
            if (exhausted) {
                throw new NoSuchElementException("All parts were issued");
            }
            awaitRoom();
        } finally {
            lock.unlock();
        }
        // Nobody else reads now: the part before is encoded and the next is not issued. No lock, so that close() never
        // waits.
        boolean more = moreRows();
        if (!more) {
            // The source's connection is not needed through COPY and verification.
            rows.close();
        }
        lock.lock();
        try {
            if (more) {
                return issue();
            }
            exhausted = true;
            run.count(Point.SOURCE, summary.rows());
            run.end(Step.EXTRACT);
            awaitDone();
            return null;
        } finally {
            lock.unlock();
        }
    }

    private Part issue() {
        issued++;
        run.begin(Step.STAGE);
        Path file = directory.resolve(run.id() + "-" + String.format(Locale.ROOT, "%05d", issued));
        Part part = new Part(this, issued, file, options.maxRows());
        open.add(part);
        encoding = Optional.of(part);
        started = false;
        return part;
    }

    private void awaitRoom() {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        checkFailure();
        try {
            while (encoding.isPresent() || open.size() > options.uploads()) {
                if (started || open.size() > 1) {
                    // Uploads may hold every thread of a small pool.
                    deadline = System.nanoTime() + START_LIMIT.toNanos();
                } else if (System.nanoTime() > deadline) {
                    throw new CaravanException(
                            Category.STAGE,
                            encoding.get() + " was not encoded within " + START_LIMIT.toSeconds()
                                    + " s: the split must marshal each part, on a thread pool of at least two threads.");
                }
                boolean told = changed.await(1, TimeUnit.SECONDS);
                LOG.trace("{} waits for {} to be encoded, or for one of {}: {}", run.id(), encoding, open, told);
                checkFailure();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void awaitDone() {
        // An upload may have failed while the source was asked for more rows.
        checkFailure();
        try {
            while (!open.isEmpty()) {
                changed.await();
                checkFailure();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static CaravanException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new CaravanException(Category.INTERRUPTED, "The run was stopped while it staged its parts.", cause);
    }

    private void checkFailure() {
        if (failure.isPresent()) {
            Failure known = Failures.of(failure.get(), Step.STAGE);
            throw new CaravanException(known.category(), known.message(), failure.get());
        }
        if (closed) {
            throw new CaravanException(Category.INTERRUPTED, "The run ended while it staged its parts.");
        }
    }

    private boolean moreRows() {
        if (pendingRead) {
            pending = readRows((int) Math.min(Batch.DEFAULT_CAPACITY, options.maxRows()));
            pendingRead = false;
        }
        return pending.rows() > 0;
    }

    /**
     * The next rows for the part that is being encoded; counts and measures them as they pass. Called by one thread at a time,
     * which the issue of parts guarantees.
     */
    Batch read(int maxRows) {
        lock.lock();
        try {
            checkFailure();
        } finally {
            lock.unlock();
        }
        Batch batch = pendingRead ? readRows(maxRows) : pending;
        pendingRead = true;
        return batch;
    }

    private Batch readRows(int maxRows) {
        Batch batch = rows.read(maxRows);
        summary.add(batch);
        return batch;
    }

    /** Notes what a part's file is, and gives its S3 key. */
    String format(Part part, FileFormat format) {
        run.setFileFormat(format);
        return keys.part(part.number(), format.suffix());
    }

    void fileTypes(List<String> names) {
        run.proof().setTypes(Proof.Place.FILE, names);
    }

    void started(Part part) {
        lock.lock();
        try {
            started = true;
        } finally {
            lock.unlock();
        }
        LOG.debug("{} run {}: encoding {}", run.pipeline(), run.id(), part);
    }

    /** Whether a part ends here; asked by the one thread that encodes it. */
    boolean isFull(Part part, long partRows, long bytes) {
        lock.lock();
        try {
            return sizes.isFull(part.number(), partRows, bytes);
        } finally {
            lock.unlock();
        }
    }

    void encoded(Part part, long partRows, long bytes) {
        lock.lock();
        try {
            encodedRows += partRows;
            run.count(Point.FILES, encodedRows);
            run.addPart(new StagedPart(part.number(), part.key(), partRows, bytes, part.crc32()));
            run.addBytesStaged(bytes);
            sizes.encoded(part.number(), partRows, bytes);
            encoding = Optional.empty();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the iteration because the run is told to stop. */
    void stop() {
        fail(new CaravanException(Category.INTERRUPTED, "The run was stopped while it staged its parts."));
    }

    void failed(Part part, Throwable cause) {
        fail(cause);
        done(part);
    }

    private void fail(Throwable cause) {
        lock.lock();
        try {
            if (failure.isEmpty()) {
                failure = Optional.of(cause);
                run.fail(cause);
            }
            encoding = Optional.empty();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void done(Part part) {
        try {
            part.deleteFile();
        } catch (IOException e) {
            LOG.warn("The part's local file {} cannot be deleted: {}", part.file(), e.getMessage());
        }
        lock.lock();
        try {
            open.remove(part);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the iteration; waiting threads are told. */
    @Override
    public void close() {
        Set<Part> left;
        lock.lock();
        try {
            closed = true;
            left = Set.copyOf(open);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(this::done);
    }
}
