package org.caravan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.caravan.stage.KeptObjects;

/**
 * Holds the files that a certificate names against the bucket.
 *
 * @param cleaned when clean last began to delete files of the run, if the ledger says so
 * @param reading which files are read, where the bucket's own checksum would do
 */
record CertificateFiles(JsonNode certificate, KeptObjects objects, Optional<Instant> cleaned, Reading reading) {
    private static final String POINT = "files";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Which parts are read from their beginning to their end. */
    enum Reading {
        /** Those of which the bucket keeps no CRC-32. */
        NEEDED,
        ALL
    }

    List<CertificateFinding> check() {
        List<CertificateFinding> findings = new ArrayList<>();
        for (JsonNode part : certificate.at("/files/parts")) {
            findings.add(part(part));
        }
        findings.add(manifest());
        return findings;
    }

    private CertificateFinding part(JsonNode part) {
        String key = part.path("key").asText();
        String address = "s3://" + certificate.at("/files/bucket").asText() + "/" + key;
        Optional<KeptObjects.Kept> found = objects.find(key);
        if (found.isEmpty()) {
            return missing(address);
        }
        KeptObjects.Kept kept = found.get();
        List<String> differences = new ArrayList<>();
        same(differences, "bytes", part.path("bytes").asText(), Long.toString(kept.bytes()));
        if (part.has("etag")) {
            same(differences, "ETag", part.path("etag").asText(), kept.etag());
        }
        if (part.has("version")) {
            same(
                    differences,
                    "version",
                    part.path("version").asText(),
                    kept.version().orElse("none"));
        }
        boolean reads = reading == Reading.ALL || kept.crc32().isEmpty();
        Optional<String> crc = reads ? objects.crc32(key) : kept.crc32();
        if (crc.isEmpty()) {
            return missing(address);
        }
        same(differences, "CRC-32", part.path("crc32").asText(), crc.get());
        return differences.isEmpty()
                ? CertificateFinding.holds(
                        POINT,
                        address + " has its " + Summary.count(kept.bytes()) + " bytes, with CRC-32 " + crc.get()
                                + (reads ? " (read)" : " (as S3 keeps it)"))
                : CertificateFinding.differs(POINT, address + ": " + String.join("; ", differences));
    }

    private static void same(List<String> differences, String what, String said, String found) {
        if (!said.equals(found)) {
            differences.add(what + " " + found + " instead of " + said);
        }
    }

    private CertificateFinding missing(String address) {
        return cleaned.map(time -> new CertificateFinding(
                        CertificateFinding.Verdict.CLEANED,
                        POINT,
                        address + " was deleted: 'clean' began at " + time
                                + " to delete what the run left behind (clean.keep-files)"))
                .orElseGet(() -> CertificateFinding.differs(
                        POINT, address + " is missing, and the ledger does not say that 'clean' deleted it"));
    }

    private CertificateFinding manifest() {
        String address = certificate.at("/files/manifest").asText();
        String bucket = "s3://" + certificate.at("/files/bucket").asText() + "/";
        if (!address.startsWith(bucket)) {
            return CertificateFinding.differs(
                    POINT, "the manifest " + address + " is in another bucket than the parts");
        }
        Optional<String> text = objects.text(address.substring(bucket.length()));
        if (text.isEmpty()) {
            return missing(address);
        }
        Map<String, String> said = new TreeMap<>();
        certificate
                .at("/files/parts")
                .forEach(part -> said.put(
                        bucket + part.path("key").asText(), part.path("bytes").asText()));
        try {
            Map<String, String> found = new TreeMap<>();
            JSON.readTree(text.get())
                    .path("entries")
                    .forEach(entry -> found.put(
                            entry.path("url").asText(),
                            entry.at("/meta/content_length").asText()));
            return said.equals(found)
                    ? CertificateFinding.holds(POINT, address + " names these parts")
                    : CertificateFinding.differs(
                            POINT, address + " names the parts (with bytes) " + found + " instead of " + said);
        } catch (JsonProcessingException e) {
            return CertificateFinding.differs(POINT, address + " is no JSON: " + e.getOriginalMessage());
        }
    }
}
