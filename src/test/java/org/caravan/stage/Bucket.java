package org.caravan.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket that lists its objects, two a page. */
final class Bucket implements S3Client {
    private static final int PAGE = 2;

    private final String name;
    private final Map<String, Long> sizes = new TreeMap<>();
    private final Map<String, String> checksums = new TreeMap<>();
    private Consumer<ListObjectsV2Request> asked = request -> {};

    Bucket(String name) {
        this.name = name;
    }

    void put(String key, long size) {
        sizes.put(key, size);
    }

    void remove(String key) {
        sizes.remove(key);
    }

    /** Calls back for each page that is asked for. */
    void onList(Consumer<ListObjectsV2Request> callback) {
        asked = callback;
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        asked.accept(request);
        if (!request.bucket().equals(name)) {
            throw new IllegalArgumentException("There is no bucket " + request.bucket());
        }
        List<S3Object> objects = new ArrayList<>();
        sizes.forEach((key, size) -> {
            if (key.startsWith(request.prefix())) {
                objects.add(S3Object.builder().key(key).size(size).build());
            }
        });
        int from = request.continuationToken() == null ? 0 : Integer.parseInt(request.continuationToken());
        int to = Math.min(objects.size(), from + PAGE);
        boolean more = to < objects.size();
        return ListObjectsV2Response.builder()
                .contents(objects.subList(from, to))
                .isTruncated(more)
                .nextContinuationToken(more ? Integer.toString(to) : null)
                .build();
    }

    /** Gives an object a checksum, as S3 keeps it. */
    void checksum(String key, String crc32) {
        checksums.put(key, crc32);
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        return HeadObjectResponse.builder()
                .contentLength(sizes.get(request.key()))
                .checksumCRC32(checksums.get(request.key()))
                .build();
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}
}
