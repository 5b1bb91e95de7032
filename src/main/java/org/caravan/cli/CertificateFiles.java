package org.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads the files of a certificate again. */
record CertificateFiles(S3Client s3, JsonNode certificate) {
    List<CertificateCheck.Line> lines() {
        List<CertificateCheck.Line> lines = new ArrayList<>();
        Set<String> parts = new TreeSet<>();
        String bucket = certificate.at("/files/bucket").asText();
        for (JsonNode part : certificate.at("/files/parts")) {
            String key = part.path("key").asText();
            parts.add("s3://" + bucket + "/" + key + " " + part.path("bytes").asLong());
            lines.add(part(bucket, part, key));
        }
        lines.add(manifest(parts));
        return lines;
    }

    private CertificateCheck.Line part(String bucket, JsonNode part, String key) {
        String said = shown(part.path("bytes").asLong(), part.path("crc32").asText());
        try (ResponseInputStream<GetObjectResponse> object =
                s3.getObject(get -> get.bucket(bucket).key(key))) {
            CRC32 crc = new CRC32();
            long bytes = read(new CheckedInputStream(object, crc));
            return line(key, said, shown(bytes, String.format(Locale.ROOT, "%08x", crc.getValue())));
        } catch (IOException | SdkException e) {
            return differs(key, "cannot be read: " + e.getMessage());
        }
    }

    private static long read(InputStream in) throws IOException {
        return in.transferTo(java.io.OutputStream.nullOutputStream());
    }

    private static String shown(long bytes, String crc32) {
        return bytes + " bytes, CRC-32 " + crc32;
    }

    private CertificateCheck.Line manifest(Set<String> parts) {
        String address = certificate.at("/files/manifest").asText();
        String[] place = address.replaceFirst("^s3://", "").split("/", 2);
        try {
            String text = s3.getObjectAsBytes(get -> get.bucket(place[0]).key(place[place.length - 1]))
                    .asUtf8String();
            Set<String> found = new TreeSet<>();
            for (JsonNode entry : new ObjectMapper().readTree(text).path("entries")) {
                found.add(entry.path("url").asText() + " "
                        + entry.at("/meta/content_length").asLong());
            }
            return line(address, parts.size() + " parts " + parts, found.size() + " parts " + found);
        } catch (IOException | SdkException e) {
            return differs(address, "cannot be read: " + e.getMessage());
        }
    }

    private static CertificateCheck.Line line(String subject, String said, String found) {
        return said.equals(found)
                ? new CertificateCheck.Line(CertificateCheck.Verdict.OK, subject, found.replaceAll(" \\[.*", ""))
                : differs(subject, found + " instead of " + said);
    }

    private static CertificateCheck.Line differs(String subject, String message) {
        return new CertificateCheck.Line(CertificateCheck.Verdict.DIFFERS, subject, message);
    }
}
