package org.caravan.sandbox.redshift.copy;

import java.util.Optional;

/** {@code s3://bucket/key} */
public record S3Location(String bucket, String key) {
    public static Optional<S3Location> of(String url) {
        if (!url.startsWith("s3://")) {
            return Optional.empty();
        }
        int slash = url.indexOf('/', 5);
        String bucket = slash < 0 ? url.substring(5) : url.substring(5, slash);
        return bucket.isEmpty()
                ? Optional.empty()
                : Optional.of(new S3Location(bucket, slash < 0 ? "" : url.substring(slash + 1)));
    }

    /** Spectrum ignores such files: https://docs.aws.amazon.com/redshift/latest/dg/c-spectrum-external-tables.html */
    boolean isHidden() {
        String name = key.substring(key.lastIndexOf('/') + 1);
        return name.startsWith("_") || name.startsWith(".") || name.startsWith("#") || name.endsWith("~");
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
