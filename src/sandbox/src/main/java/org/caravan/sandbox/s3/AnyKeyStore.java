package org.caravan.sandbox.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * A store in files that takes keys which are no paths, by {@link KeyNames}, and refuses the parts of uploads that are not there.
 *
 * <p>An object whose plain name is that of a directory has the marked name; when a directory comes to be where an object is, the
 * object is renamed first. Who reads that object at this very moment may miss it.
 */
final class AnyKeyStore extends ForwardingBlobStore {
    private final Path root;
    private final String region;

    AnyKeyStore(BlobStore files, Path root, String region) {
        super(files);
        this.root = root;
        this.region = region;
    }

    /** Making one's bucket again is an error everywhere but there: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html. */
    @Override
    public CreateBucketResponse createContainer(CreateBucketRequest request) {
        try {
            return delegate().createContainer(request);
        } catch (BucketAlreadyOwnedByYouException e) {
            if (region.equals("us-east-1")) {
                return CreateBucketResponse.builder()
                        .location("/" + request.bucket())
                        .build();
            }
            throw e;
        }
    }

    private String stored(String bucket, String key) {
        String name = KeyNames.name(key);
        if (name.endsWith("/")) {
            return name;
        }
        Path plain = root.resolve(bucket).resolve(name);
        String marked = KeyNames.besideDirectory(name);
        return Files.exists(root.resolve(bucket).resolve(marked)) || Files.isDirectory(plain) ? marked : name;
    }

    /** The name under which an object can be written now. */
    private String free(String bucket, String key) {
        if (KeyNames.isReserved(key)) {
            throw new S3ProxyException(
                    S3ErrorCode.INVALID_ARGUMENT, "the stand-in takes no keys with the characters U+0001 and U+0002");
        }
        String name = KeyNames.name(key);
        for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
            makeRoom(bucket, name.substring(0, slash));
        }
        return stored(bucket, key);
    }

    private synchronized void makeRoom(String bucket, String directory) {
        Path path = root.resolve(bucket).resolve(directory);
        if (Files.isRegularFile(path)) {
            try {
                Files.move(path, root.resolve(bucket).resolve(KeyNames.besideDirectory(directory)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        String bucket = request.bucket();
        ListObjectsV2Request.Builder named = request.toBuilder();
        if (request.prefix() != null) {
            named.prefix(KeyNames.name(request.prefix()));
        }
        if (request.startAfter() != null) {
            named.startAfter(stored(bucket, request.startAfter()));
        }
        if (request.continuationToken() != null) {
            named.continuationToken(stored(bucket, request.continuationToken()));
        }
        ListObjectsV2Response found = delegate().list(named.build());
        ListObjectsV2Response.Builder answer = found.toBuilder()
                .contents(found.contents().stream()
                        .map(object -> object.toBuilder()
                                .key(KeyNames.key(object.key()))
                                .build())
                        .toList())
                .commonPrefixes(found.commonPrefixes().stream()
                        .map(prefix -> CommonPrefix.builder()
                                .prefix(KeyNames.key(prefix.prefix()))
                                .build())
                        .toList());
        if (found.nextContinuationToken() != null) {
            answer.nextContinuationToken(KeyNames.key(found.nextContinuationToken()));
        }
        return answer.build();
    }

    @Override
    public boolean blobExists(String bucket, String key) {
        return delegate().blobExists(bucket, stored(bucket, key));
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
        PutObjectRequest.Builder named = request.toBuilder().key(free(request.bucket(), request.key()));
        if (lacksKey(request.serverSideEncryptionAsString(), request.ssekmsKeyId())) {
            named.ssekmsKeyId(managedKey());
        }
        return delegate().putBlob(named.build(), body);
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        CopyObjectRequest.Builder named = request.toBuilder()
                .sourceKey(stored(request.sourceBucket(), request.sourceKey()))
                .destinationKey(free(request.destinationBucket(), request.destinationKey()));
        if (lacksKey(request.serverSideEncryptionAsString(), request.ssekmsKeyId())) {
            named.ssekmsKeyId(managedKey());
        }
        return delegate().copyBlob(named.build());
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        String name = stored(request.bucket(), request.key());
        return delegate().blobMetadata(request.toBuilder().key(name).build());
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        String name = stored(request.bucket(), request.key());
        return delegate().getBlob(request.toBuilder().key(name).build());
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        String name = stored(request.bucket(), request.key());
        return delegate().removeBlob(request.toBuilder().key(name).build());
    }

    @Override
    public ObjectCannedACL getBlobAccess(String bucket, String key) {
        return delegate().getBlobAccess(bucket, stored(bucket, key));
    }

    @Override
    public void setBlobAccess(String bucket, String key, ObjectCannedACL access) {
        delegate().setBlobAccess(bucket, stored(bucket, key), access);
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        String name = free(request.bucket(), request.key());
        MultipartUpload upload =
                delegate().initiateMultipartUpload(request.toBuilder().key(name).build());
        return named(upload, request.key());
    }

    private static boolean lacksKey(String encryption, String key) {
        return "aws:kms".equals(encryption) && key == null;
    }

    /** Without a key of one's own it is the account's key aws/s3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html. */
    private String managedKey() {
        return "arn:aws:kms:" + region + ":123456789012:key/aws-s3";
    }

    private static MultipartUpload named(MultipartUpload upload, String name) {
        return new MultipartUpload(
                upload.id(), upload.request().toBuilder().key(name).build(), upload.response());
    }

    /** The upload under the name that it was begun with, of which S3Proxy's store keeps a file. */
    private MultipartUpload stored(MultipartUpload upload) {
        String name = KeyNames.name(upload.blobName());
        for (String begun : List.of(name, KeyNames.besideDirectory(name))) {
            Path file = root.resolve(upload.containerName()).resolve(".mpus-" + upload.id() + "-" + begun + "-stub");
            if (Files.exists(file)) {
                return named(upload, begun);
            }
        }
        throw new S3ProxyException(S3ErrorCode.NO_SUCH_UPLOAD);
    }

    @Override
    public void abortMultipartUpload(MultipartUpload upload) {
        delegate().abortMultipartUpload(stored(upload));
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        MultipartUpload stored = stored(upload);
        free(upload.containerName(), upload.blobName());
        return delegate()
                .completeMultipartUpload(
                        stored, request.toBuilder().key(stored.blobName()).build());
    }

    @Override
    public UploadPartResponse uploadMultipartPart(MultipartUpload upload, UploadPartRequest request, InputStream body) {
        MultipartUpload stored = stored(upload);
        return delegate()
                .uploadMultipartPart(
                        stored, request.toBuilder().key(stored.blobName()).build(), body);
    }

    @Override
    public List<Part> listMultipartUpload(MultipartUpload upload) {
        return delegate().listMultipartUpload(stored(upload));
    }

    @Override
    public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(String bucket) {
        return delegate().listMultipartUploads(bucket).stream()
                .map(upload ->
                        upload.toBuilder().key(KeyNames.key(upload.key())).build())
                .toList();
    }
}
