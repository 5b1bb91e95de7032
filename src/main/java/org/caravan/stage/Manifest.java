package org.caravan.stage;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.caravan.ledger.StagedPart;

/**
 * A COPY manifest: exactly the files to load, each mandatory and with its size, as Redshift demands for columnar formats ("Using a
 * manifest to specify data files" in its developer guide). Written as JSON by camel-jackson.
 */
record Manifest(@JsonProperty("entries") List<Entry> entries) {
    /** A file, by its full URL. */
    record Entry(
            @JsonProperty("url") String url,
            @JsonProperty("mandatory") boolean mandatory,
            @JsonProperty("meta") Meta meta) {}

    /** The object's size in bytes. */
    record Meta(@JsonProperty("content_length") long contentLength) {}

    static Manifest of(String bucket, List<StagedPart> parts) {
        return new Manifest(parts.stream()
                .map(part -> new Entry("s3://" + bucket + "/" + part.key(), true, new Meta(part.bytes())))
                .toList());
    }
}
