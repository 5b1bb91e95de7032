package org.caravan.stage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.caravan.ledger.Certifier;
import org.caravan.ledger.Run;
import org.caravan.verify.Certificate;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Puts the certificate of a run beside its parts. Thread-safe. */
record CertificateUpload(S3Client s3, String bucket, String key) implements Certifier {
    CertificateUpload {
        requireNonNull(s3, "s3");
        requireNonNull(bucket, "bucket");
        requireNonNull(key, "key");
    }

    @Override
    public String certify(Run run, Instant ended) {
        String text = Certificate.of(run, bucket, ended).toPrettyString();
        s3.putObject(
                request -> request.bucket(bucket).key(key).contentType("application/json"),
                RequestBody.fromString(text));
        return text;
    }
}
