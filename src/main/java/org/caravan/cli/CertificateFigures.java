package org.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.caravan.verify.digest.Digest;
import org.caravan.verify.digest.Sample;

/** Whether the figures of a certificate agree with each other, as those of a run that ended well do; stateless. */
final class CertificateFigures {
    static final String POINT = "certificate";

    private static final Set<String> ALL_INSERTED = Set.of("replace", "swap", "append", "replace-partition");
    private static final Set<String> ALL_REPLACED = Set.of("replace", "swap");

    private CertificateFigures() {}

    /** What does not agree, with both values; or that all does. */
    static List<CertificateFinding> check(JsonNode certificate) {
        long rows = certificate.at("/rows/source").asLong();
        List<String> differences = new ArrayList<>();
        for (String point : List.of("files", "copied", "redshift", "databricks")) {
            same(differences, "rows." + point, certificate.path("rows").path(point), rows);
        }
        same(differences, "copy.rows", certificate.at("/copy/rows"), rows);
        long inParts = 0;
        for (JsonNode part : certificate.at("/files/parts")) {
            inParts += part.path("rows").asLong();
        }
        same(differences, "the rows of all parts", inParts, rows);
        publication(differences, certificate.path("publication"), rows);
        digests(differences, certificate, rows);
        verifications(differences, certificate, rows);
        return differences.isEmpty()
                ? List.of(CertificateFinding.holds(
                        POINT, "is what its schema says, and its figures agree: " + Summary.count(rows) + " rows"))
                : differences.stream()
                        .map(difference -> CertificateFinding.differs(POINT, difference))
                        .toList();
    }

    private static void publication(List<String> differences, JsonNode publication, long rows) {
        String mode = publication.path("mode").asText();
        if (ALL_INSERTED.contains(mode)) {
            same(differences, "publication.inserted", publication.path("inserted"), rows);
        }
        if (ALL_REPLACED.contains(mode)) {
            same(differences, "publication.rowsAfter", publication.path("rowsAfter"), rows);
        }
    }

    private static void digests(List<String> differences, JsonNode certificate, long rows) {
        JsonNode first = certificate.at("/digests/0");
        for (JsonNode one : certificate.path("digests")) {
            String name = "the digest of " + one.path("computedBy").asText();
            String digest = one.path("digest").asText();
            if (!digest.equals(first.path("digest").asText())) {
                differences.add(name + " is " + digest + ", that of "
                        + first.path("computedBy").asText() + " is "
                        + first.path("digest").asText());
            }
            OptionalLong of = Digest.rows(digest);
            boolean sampled = !Sample.of(digest).isAll();
            if (of.isEmpty() || (sampled ? of.getAsLong() > rows : of.getAsLong() != rows)) {
                differences.add(name + " is of other rows: " + digest + ", where rows.source is " + rows);
            }
            sample(differences, name, one);
        }
    }

    /** A digest of a sample says so wherever it stands. */
    private static void sample(List<String> differences, String name, JsonNode one) {
        Sample sample = Sample.of(one.path("digest").asText());
        String said = one.path("sampled").asText(Sample.ALL.toString());
        if (!said.equals(sample.toString())) {
            differences.add(name + " is of a sample " + sample + ", but called one of " + said);
        }
    }

    private static void verifications(List<String> differences, JsonNode certificate, long rows) {
        String target = certificate.at("/publication/target").asText();
        for (JsonNode one : certificate.path("verifications")) {
            String name = "the verification of " + one.path("table").asText() + " in "
                    + one.path("engine").asText();
            boolean whole = one.path("rowsOf").asText().equals("the table, with others' rows");
            same(
                    differences,
                    name,
                    one.path("rows").asLong(),
                    whole ? certificate.at("/publication/rowsAfter").asLong() : rows,
                    whole ? "publication.rowsAfter" : "rows.source");
            sample(differences, name, one);
            for (JsonNode compared : one.path("compared")) {
                if (compared.asText().equals("digest") && one.has("sampled")) {
                    differences.add(name + " compared a sample "
                            + one.path("sampled").asText() + ", and calls it every value (digest)");
                }
            }
            if (one.path("published").asBoolean() && !one.path("table").asText().equals(target)) {
                differences.add(name + " is of no target: publication.target is " + target);
            }
        }
    }

    private static void same(List<String> differences, String name, JsonNode figure, long rows) {
        if (!figure.isMissingNode()) {
            same(differences, name, figure.asLong(), rows);
        }
    }

    private static void same(List<String> differences, String name, long figure, long rows) {
        same(differences, name, figure, rows, "rows.source");
    }

    private static void same(List<String> differences, String name, long figure, long wanted, String than) {
        if (figure != wanted) {
            differences.add(name + " is " + figure + ", " + than + " is " + wanted);
        }
    }
}
