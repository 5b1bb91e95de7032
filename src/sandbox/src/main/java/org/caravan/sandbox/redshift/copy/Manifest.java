package org.caravan.sandbox.redshift.copy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The list of files of one COPY: https://docs.aws.amazon.com/redshift/latest/dg/loading-data-files-using-manifest.html.
 * A file listed twice is loaded twice.
 */
record Manifest(List<Entry> entries) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param contentLength the file's exact size, which columnar formats require */
    record Entry(S3Location file, boolean mandatory, OptionalLong contentLength) {}

    static Manifest parse(byte[] json, S3Location from) throws CopyFailure.Thrown {
        JsonNode entries;
        try {
            JsonNode root = JSON.readTree(json);
            entries = root == null ? JSON.missingNode() : root.path("entries");
        } catch (JsonProcessingException e) {
            throw malformed(from, e.getOriginalMessage());
        } catch (IOException e) {
            throw malformed(from, String.valueOf(e.getMessage()));
        }
        if (!entries.isArray() || entries.isEmpty()) {
            throw malformed(from, "no array \"entries\" with at least one entry");
        }
        List<Entry> parsed = new ArrayList<>();
        for (JsonNode entry : entries) {
            String url = entry.path("url").asText();
            S3Location file = S3Location.of(url)
                    .filter(location -> !location.key().isEmpty())
                    .orElse(null);
            if (file == null) {
                throw CopyFailure.of(
                                "COPY with MANIFEST parameter requires full path of an S3 object.",
                                8001,
                                "url '" + url + "' in " + from)
                        .thrown();
            }
            JsonNode length = entry.path("meta").path("content_length");
            parsed.add(new Entry(
                    file,
                    entry.path("mandatory").asBoolean(false),
                    length.isIntegralNumber() ? OptionalLong.of(length.asLong()) : OptionalLong.empty()));
        }
        return new Manifest(parsed);
    }

    private static CopyFailure.Thrown malformed(S3Location from, String why) {
        return CopyFailure.of("Manifest file is not in correct json format", 8001, from + ": " + why)
                .thrown();
    }
}
