package org.caravan.stage;

import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;

/**
 * The S3 client that endpoints of aws2-s3 share. An endpoint asks for its bucket whenever its route starts (AWS2S3Endpoint.doStart),
 * and the route fails where S3 does not answer: a service would have no pipelines after a bad minute. This client answers without
 * asking; whether the bucket is there is asked when a run begins. Everything else goes to S3. Thread-safe, as the client is; closing
 * it closes the client.
 */
public final class EndpointS3 extends DelegatingS3Client {
    public EndpointS3(S3Client client) {
        super(client);
    }

    @Override
    public HeadBucketResponse headBucket(HeadBucketRequest request) {
        return HeadBucketResponse.builder().build();
    }

    /** The client that asks S3 whatever it is asked. */
    static S3Client asking(S3Client client) {
        return client instanceof EndpointS3 endpoints ? (S3Client) endpoints.delegate() : client;
    }
}
