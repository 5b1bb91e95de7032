package org.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Planned;
import org.caravan.ledger.Point;
import org.caravan.ledger.RunId;
import org.caravan.redshift.LoadLedger;
import org.caravan.redshift.Publication;
import org.caravan.verify.CertifiedTable;
import org.caravan.verify.digest.Sample;

/** Holds the target of a certificate against Redshift's load ledger, Redshift and Databricks. Used once, by one thread. */
final class CertificateTarget {
    private static final String LOAD_LEDGER = "load ledger";

    private final JsonNode certificate;
    private final CertifiedTable table;
    private final LoadLedger loadLedger;
    private final Map<Point, Inquiry> engines;
    private final List<Point> digests;
    private final List<CertificateFinding> findings = new ArrayList<>();

    /** @param digests the engines that are asked for the digest */
    CertificateTarget(
            JsonNode certificate,
            CertifiedTable table,
            LoadLedger loadLedger,
            Map<Point, Inquiry> engines,
            List<Point> digests) {
        this.certificate = certificate;
        this.table = table;
        this.loadLedger = loadLedger;
        this.engines = engines;
        this.digests = digests;
    }

    List<CertificateFinding> check() {
        attempt(LOAD_LEDGER, this::published).ifPresent(this::standing);
        return List.copyOf(findings);
    }

    /** What came of a question; a failure is a finding. */
    private <T> Optional<T> attempt(String point, Supplier<Optional<T>> question) {
        try {
            return question.get();
        } catch (CaravanException e) {
            findings.add(CertificateFinding.failed(point, e));
            return Optional.empty();
        }
    }

    private Optional<Succession> published() {
        String run = certificate.path("run").asText();
        String pipeline = certificate.path("pipeline").asText();
        List<Publication> since = loadLedger.since(pipeline, new RunId(run));
        if (since.isEmpty()) {
            findings.add(CertificateFinding.differs(
                    LOAD_LEDGER, loadLedger.of(pipeline) + " does not name run " + run + " as published"));
            return Optional.empty();
        }
        Publication own = since.get(0);
        JsonNode said = certificate.path("publication");
        List<String> differences = new ArrayList<>();
        same(differences, "mode", said.path("mode").asText(), own.mode());
        same(differences, "target", said.path("target").asText(), own.target());
        same(differences, "inserted", said.path("inserted").asText(), Long.toString(own.inserted()));
        same(differences, "updated", said.path("updated").asText(), Long.toString(own.updated()));
        same(differences, "deleted", said.path("deleted").asText(), Long.toString(own.deleted()));
        same(differences, "rowsAfter", said.path("rowsAfter").asText(), Long.toString(own.rowsAfter()));
        OptionalLong token = own.token();
        if (certificate.has("token") && token.isPresent()) {
            same(differences, "token", certificate.path("token").asText(), Long.toString(token.getAsLong()));
        }
        if (differences.isEmpty()) {
            findings.add(CertificateFinding.holds(
                    LOAD_LEDGER, loadLedger.of(pipeline) + " says the same of the publication"));
        } else {
            differences.forEach(difference -> findings.add(CertificateFinding.differs(
                    LOAD_LEDGER, loadLedger.of(pipeline) + " says of the publication: " + difference)));
        }
        return Optional.of(Succession.of(since));
    }

    private static void same(List<String> differences, String what, String said, String found) {
        if (!said.equals(found)) {
            differences.add(what + " " + found + " instead of " + said);
        }
    }

    private void standing(Succession succession) {
        Optional<Publication> successor = succession.successor();
        if (successor.isPresent()) {
            findings.add(CertificateFinding.superseded(
                    "target",
                    successor.get().run(),
                    "superseded by run " + successor.get().run() + ", which replaced the rows of " + table.name()
                            + "; what is there now is not this run's, and is not compared"));
        } else {
            for (Point engine : List.of(Point.REDSHIFT, Point.DATABRICKS)) {
                attempt(engine.label(), () -> count(engine, succession));
            }
            compareValues(succession);
        }
        attempt(Point.DATABRICKS.label(), () -> freshness(succession.newest()));
    }

    private Optional<Long> count(Point engine, Succession succession) {
        Optional<Long> found = answers(engine, List.of(table.count(engine))).map(table::readCount);
        long wanted = succession.later().isEmpty()
                ? certificate.at("/publication/rowsAfter").asLong()
                : succession.last().rowsAfter();
        String when = succession.later().isEmpty()
                ? "when the run was published"
                : "when run " + succession.last().run() + " was published, the last so far";
        found.ifPresent(rows -> findings.add(
                rows == wanted
                        ? CertificateFinding.holds(
                                engine.label(), table.name() + " has its " + Summary.count(rows) + " rows")
                        : CertificateFinding.differs(
                                engine.label(),
                                table.name() + " has " + rows + " rows instead of " + wanted + ", which it had "
                                        + when)));
        return found;
    }

    private Optional<List<Map<String, Object>>> answers(Point engine, List<String> questions) {
        Optional<List<Map<String, Object>>> answers = engines.get(engine).ask(questions);
        if (answers.isEmpty()) {
            findings.add(CertificateFinding.differs(
                    engine.label(), table.name() + " is not there any more, or cannot be seen"));
        }
        return answers;
    }

    private void compareValues(Succession succession) {
        Optional<String> said = digest();
        Optional<String> open = succession
                .open()
                .or(() -> said.isPresent()
                        ? Optional.empty()
                        : Optional.of("the certificate has no digest of the target: its values are not compared"));
        if (open.isPresent()) {
            findings.add(CertificateFinding.unchecked("values", open.get()));
        } else if (digests.isEmpty()) {
            findings.add(CertificateFinding.unchecked("values", "no digest is asked for (--digest none)"));
        } else {
            digests.forEach(engine -> attempt(engine.label(), () -> digest(engine, said.orElseThrow())));
            said.map(Sample::of)
                    .filter(sample -> !sample.isAll())
                    .ifPresent(sample -> findings.add(CertificateFinding.unchecked(
                            "values",
                            "the certificate's digest is sampled " + sample
                                    + " (verify.sample): the values of the other rows are not compared")));
        }
        if (!digests.contains(Point.DATABRICKS)) {
            attempt(Point.DATABRICKS.label(), this::readAlike);
        }
    }

    /** The digest of the rows that were encoded, if the target's values were compared with it. */
    private Optional<String> digest() {
        for (JsonNode one : certificate.path("verifications")) {
            if (one.path("published").asBoolean() && one.has("digest")) {
                return Optional.of(one.path("digest").asText());
            }
        }
        return Optional.empty();
    }

    private Optional<String> digest(Point engine, String said) {
        Sample sample = Sample.of(said);
        Optional<String> found = answers(
                        engine,
                        table.digest(engine, sample).stream().map(Planned::sql).toList())
                .map(answers -> table.readDigest(sample, answers));
        String what = sample.isAll() ? "every value of " : "a sample " + sample + " of the rows of ";
        found.ifPresent(digest -> findings.add(
                digest.equals(said)
                        ? CertificateFinding.holds(engine.label(), what + table.name() + " by digest: " + digest)
                        : CertificateFinding.differs(
                                engine.label(), table.name() + " has the digest " + digest + " instead of " + said)));
        return found;
    }

    /** Counts, NULLs, extremes and sums as both engines read them now; the certificate has none of these figures. */
    private Optional<Boolean> readAlike() {
        Optional<List<Map<String, Object>>> redshift =
                engines.get(Point.REDSHIFT).ask(table.values(Point.REDSHIFT));
        Optional<List<Map<String, Object>>> databricks =
                engines.get(Point.DATABRICKS).ask(table.values(Point.DATABRICKS));
        if (redshift.isEmpty() || databricks.isEmpty()) {
            return Optional.empty();
        }
        List<String> differences = table.differences(redshift.get(), databricks.get());
        findings.add(
                differences.isEmpty()
                        ? CertificateFinding.holds(
                                Point.DATABRICKS.label(),
                                "reads the same counts, extremes and sums of " + table.name() + " as redshift")
                        : CertificateFinding.differs(
                                Point.DATABRICKS.label(),
                                "reads " + table.name() + " otherwise than redshift: "
                                        + String.join("; ", differences)));
        return Optional.of(differences.isEmpty());
    }

    private Optional<String> freshness(Publication last) {
        String pipeline = certificate.path("pipeline").asText();
        String question = table.lastRun(Point.DATABRICKS, loadLedger.of(pipeline));
        Optional<String> found = engines.get(Point.DATABRICKS).ask(List.of(question)).orElse(List.of()).stream()
                .map(row -> String.valueOf(row.get("run_id")))
                .findFirst();
        String wanted = last.run();
        findings.add(
                found.equals(Optional.of(wanted))
                        ? CertificateFinding.holds(
                                Point.DATABRICKS.label(), "reads run " + wanted + " as the last published")
                        : CertificateFinding.differs(
                                Point.DATABRICKS.label(),
                                "reads " + found.map(run -> "run " + run).orElse("no run")
                                        + " as the last published instead of run " + wanted));
        return found;
    }
}
