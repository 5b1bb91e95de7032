package org.caravan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import org.caravan.verify.digest.Digest;
import org.caravan.verify.digest.Sample;

/** What a person reads of a certificate, beside what the ledger tells of its run anyway; stateless. */
final class CertificateText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINE = System.lineSeparator();

    private CertificateText() {}

    /** Lines that go on from those of the run. */
    static String of(String certificate) {
        JsonNode json = parse(certificate);
        StringBuilder text = new StringBuilder();
        line(text, "certificate", json.path("format").asText() + " (--certificate prints it)");
        JsonNode publication = json.path("publication");
        line(
                text,
                "publication",
                publication.path("mode").asText() + ", "
                        + count(publication, "inserted") + " inserted, "
                        + count(publication, "updated") + " updated, "
                        + count(publication, "deleted") + " deleted, "
                        + count(publication, "rowsAfter") + " in all");
        for (JsonNode verification : json.path("verifications")) {
            line(
                    text,
                    "in " + verification.path("engine").asText().toLowerCase(Locale.ROOT),
                    verification.path("table").asText() + ", "
                            + count(verification, "rows") + " rows, " + compared(verification) + ", at "
                            + verification.path("at").asText());
        }
        for (JsonNode open : json.path("notProven")) {
            line(text, "not proven", open.asText());
        }
        return text.toString();
    }

    private static String compared(JsonNode verification) {
        String figures = counted(verification);
        if (!verification.has("digest")) {
            return figures;
        }
        String digest = verification.path("digest").asText();
        Sample sample = Sample.of(digest);
        if (sample.isAll()) {
            return "every value by digest";
        }
        return figures + "; digest sampled " + sample + ", of "
                + Summary.count(Digest.rows(digest).orElse(0)) + " rows";
    }

    private static String counted(JsonNode verification) {
        for (JsonNode compared : verification.path("compared")) {
            if (compared.asText().equals("values")) {
                return "counts, extremes and sums";
            }
        }
        String rowsOf = verification.path("rowsOf").asText();
        return "counted only" + (rowsOf.equals("the table") ? "" : ": the rows of " + rowsOf);
    }

    private static String count(JsonNode json, String field) {
        return Summary.count(json.path(field).asLong());
    }

    private static JsonNode parse(String certificate) {
        try {
            return JSON.readTree(certificate);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The ledger keeps a certificate that is no JSON", e);
        }
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(LINE).append(String.format(Locale.ROOT, "%-18s  ", name)).append(value);
    }
}
