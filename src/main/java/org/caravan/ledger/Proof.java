package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What a run's certificate tells beside what the run itself knows. Thread-safe. */
public final class Proof {
    /** Where a column has a type of its own. */
    public enum Place {
        SOURCE,
        FILE,
        STAGING,
        TARGET
    }

    private final Map<String, String> versions = new TreeMap<>();
    private final Map<Place, List<String>> types = new EnumMap<>(Place.class);
    private final Map<String, StoredObject> objects = new HashMap<>();
    private final Map<Point, List<Verification.Asked>> asked = new EnumMap<>(Point.class);
    private final List<Verification> verifications = new ArrayList<>();
    private final Evidence evidence = new Evidence();
    private Secrets secrets = Secrets.NONE;
    private Origin origin = Origin.here(StartedBy.APPLICATION, "");
    private OptionalLong copyQuery = OptionalLong.empty();
    private Optional<PublishedRows> publication = Optional.empty();
    private boolean verified = true;
    private int differences;
    private int sample = 1;
    private Optional<LineFinder> lines = Optional.empty();
    private Optional<Certifier> certifier = Optional.empty();
    private Optional<String> certificate = Optional.empty();

    Proof() {
        versions.put("java", Runtime.version().toString());
    }

    /** What was compared of the run. */
    public Evidence evidence() {
        return evidence;
    }

    synchronized void setOrigin(Origin whence) {
        this.origin = requireNonNull(whence, "whence");
    }

    synchronized void setSecrets(Secrets known) {
        this.secrets = requireNonNull(known, "known");
    }

    /** What the certificate must not tell. */
    public synchronized Secrets secrets() {
        return secrets;
    }

    /** Where the run comes from; this process, if no ledger keeps it. */
    public synchronized Origin origin() {
        return origin;
    }

    /** Notes the version of something that had a part in the run. */
    public synchronized void setVersion(String software, String version) {
        versions.put(software, version);
    }

    public synchronized Map<String, String> versions() {
        return new TreeMap<>(versions);
    }

    /** Notes the types of the run's columns, in their order. */
    public synchronized void setTypes(Place place, List<String> names) {
        types.put(place, List.copyOf(names));
    }

    /** The columns' types there, in their order; none if they are not known. */
    public synchronized List<String> types(Place place) {
        return types.getOrDefault(place, List.of());
    }

    /** Notes how the bucket keeps a part. */
    public synchronized void stored(String key, StoredObject object) {
        objects.put(key, object);
    }

    public synchronized Optional<StoredObject> stored(String key) {
        return Optional.ofNullable(objects.get(key));
    }

    /** Notes Redshift's id of the COPY. */
    public synchronized void setCopyQuery(long query) {
        this.copyQuery = OptionalLong.of(query);
    }

    public synchronized OptionalLong copyQuery() {
        return copyQuery;
    }

    /**
     * Notes what publishing did.
     *
     * @param evidence whether it asked for a verification before
     */
    public synchronized void setPublication(PublishedRows rows, boolean evidence) {
        this.publication = Optional.of(rows);
        this.verified = evidence;
    }

    public synchronized Optional<PublishedRows> publication() {
        return publication;
    }

    /** Whether the publication asked for a verification before it. */
    public synchronized boolean askedForVerification() {
        return verified;
    }

    /** Notes that the run's digests are of about one row in so many; 1 is all rows. */
    public synchronized void setSample(int oneIn) {
        this.sample = oneIn;
    }

    /** Of about one row in how many the run's digests are; 1 if of all. */
    public synchronized int sample() {
        return sample;
    }

    /** Notes what an engine is asked next. */
    public synchronized void asks(Point engine, List<Verification.Asked> statements) {
        asked.put(engine, List.copyOf(statements));
    }

    /** What an engine was asked last. */
    public synchronized List<Verification.Asked> asked(Point engine) {
        return asked.getOrDefault(engine, List.of());
    }

    /** Notes that a comparison found differences, which fails the run. */
    public synchronized void differs(int found) {
        differences += found;
    }

    /** How many differences the comparisons found. */
    public synchronized int differences() {
        return differences;
    }

    /** Notes a comparison that found no difference. */
    public synchronized void verified(Verification verification) {
        verifications.add(verification);
    }

    public synchronized List<Verification> verifications() {
        return List.copyOf(verifications);
    }

    /** Says who reads lines of the run's files back. */
    public synchronized void readBackBy(LineFinder finder) {
        this.lines = Optional.of(finder);
    }

    /** A line of a part, as it is in the bucket now; see {@link LineFinder}. */
    public Optional<String> line(StagedPart part, long number) {
        Optional<LineFinder> finder;
        synchronized (this) {
            finder = lines;
        }
        return finder.flatMap(found -> found.line(part, number));
    }

    /** Says who writes the certificate when the run is over. */
    public synchronized void certifyBy(Certifier writer) {
        this.certifier = Optional.of(writer);
    }

    /** The certificate, once it is written. */
    public synchronized Optional<String> certificate() {
        return certificate;
    }

    /** Has the certificate written of a run that ended well and is published; one that cannot be certified did not end well. */
    Run.Outcome certify(Run run, Run.Outcome how) {
        Optional<Certifier> writer;
        synchronized (this) {
            writer = certifier;
        }
        if (!how.isDone() || run.published().isEmpty() || writer.isEmpty()) {
            return how;
        }
        try {
            String text = writer.get().certify(run, how.ended());
            synchronized (this) {
                certificate = Optional.of(text);
            }
            return how;
        } catch (RuntimeException e) {
            Failure why = Failures.of(e, Step.STAGE);
            return new Run.Outcome(
                    how.ended(),
                    Optional.of(new Failure(
                            why.category(),
                            "Run " + run.id() + " has no certificate: " + why.message()
                                    + " Its rows are published, in "
                                    + run.published().get()
                                    + "; the next run that ends well writes one.")));
        }
    }
}
