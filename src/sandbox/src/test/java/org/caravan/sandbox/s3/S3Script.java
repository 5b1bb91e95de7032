package org.caravan.sandbox.s3;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.caravan.sandbox.conformance.ConformanceRow;
import org.caravan.sandbox.conformance.Expected;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Runs one row of the conformance tables, in a bucket of its own; its language is documented by {@link S3ConformanceTest}. */
final class S3Script {
    private final S3Clients clients;
    private final ConformanceRow row;
    private final String bucket;
    private final List<CompletedPart> parts = new ArrayList<>();
    private String upload = "";
    private String uploadKey = "";

    S3Script(S3Clients clients, ConformanceRow row) {
        this.clients = clients;
        this.row = row;
        this.bucket = "row-" + row.id();
    }

    /** What came of the row's last call; every other call has to succeed. */
    Expected.Outcome outcome() throws Exception {
        clients.of("own").createBucket(request -> request.bucket(bucket));
        List<String> before = new ArrayList<>(row.given().lines().toList());
        List<String> judged = row.statement().lines().toList();
        before.addAll(judged.subList(0, judged.size() - 1));
        for (String line : before) {
            Expected.Outcome outcome = outcome(S3Call.of(line));
            if (outcome instanceof Expected.Outcome.Failed) {
                throw new AssertionError("'" + line + "' was to succeed: " + outcome);
            }
        }
        return outcome(S3Call.of(judged.get(judged.size() - 1)));
    }

    private Expected.Outcome outcome(S3Call call) throws Exception {
        try {
            return run(call);
        } catch (S3Exception e) {
            return new Expected.Outcome.Failed(
                    Integer.toString(e.statusCode()),
                    (e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode() + ": ")
                            + e.getMessage()
                            + " "
                            + e.getClass().getSimpleName());
        } catch (SdkClientException e) {
            return new Expected.Outcome.Failed("sdk", e.getMessage() + " because of " + e.getCause());
        }
    }

    private Expected.Outcome run(S3Call call) throws Exception {
        S3Client client = clients.of(call.option("credentials").orElse("own"));
        return switch (call.verb()) {
            case "PUT" -> put(client, call);
            case "GET" -> get(client, call);
            case "HEAD" -> head(client, call);
            case "LIST" -> list(client, call);
            case "DELETE" -> delete(client, call);
            case "COPY" -> copy(client, call);
            case "CREATE" -> create(client, call);
            case "PART" -> part(client, call);
            case "COMPLETE" -> complete(client, call);
            case "ABORT" -> {
                client.abortMultipartUpload(
                        request -> request.bucket(bucket).key(uploadKey).uploadId(uploadId(call)));
                yield rows();
            }
            case "PARTS" ->
                rows(
                        client
                                .listParts(request ->
                                        request.bucket(bucket).key(uploadKey).uploadId(uploadId(call)))
                                .parts()
                                .stream()
                                .map(part -> part.partNumber() + "|" + part.size()));
            case "UPLOADS" ->
                rows(client.listMultipartUploads(request -> request.bucket(bucket)).uploads().stream()
                        .map(each -> each.key()));
            case "MAKE" -> {
                client.createBucket(request -> request.bucket(bucketName(call)));
                yield rows();
            }
            case "DROP" -> {
                client.deleteBucket(request -> request.bucket(bucketName(call)));
                yield rows();
            }
            case "BUCKET" -> {
                client.headBucket(request -> request.bucket(bucketName(call)));
                yield rows();
            }
            case "SIGNED", "PRESIGNED" -> signed(call);
            default -> throw new IllegalArgumentException("there is no call " + call.verb());
        };
    }

    private static Expected.Outcome rows(String... rows) {
        return new Expected.Outcome.Rows(List.of(rows));
    }

    private static Expected.Outcome rows(Stream<String> rows) {
        return new Expected.Outcome.Rows(rows.toList());
    }

    /** {@code .} is the row's own bucket. */
    private String bucketName(S3Call call) {
        String word = call.words().isEmpty() ? "." : call.word(0);
        return word.equals(".") ? bucket : word;
    }

    private String bucketOf(S3Call call) {
        return call.option("bucket").orElse(bucket);
    }

    private String uploadId(S3Call call) {
        return call.option("upload").orElse(upload);
    }

    private static RequestBody body(String text) {
        return text.startsWith("size:")
                ? RequestBody.fromString("x".repeat(Integer.parseInt(text.substring("size:".length()))))
                : RequestBody.fromString(text);
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString().replace("\"", "");
    }

    /** The fields that {@code show} names, of which each is told how to be found. */
    private static Expected.Outcome show(S3Call call, String normally, Map<String, Object> fields) {
        return rows(Stream.of(call.option("show").orElse(normally).split(","))
                .map(name -> {
                    if (!fields.containsKey(name)) {
                        throw new IllegalArgumentException("nothing is called " + name + " in " + fields.keySet());
                    }
                    return text(fields.get(name));
                })
                .reduce((left, right) -> left + "|" + right)
                .orElse(""));
    }

    private Expected.Outcome put(S3Client client, S3Call call) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucketOf(call)).key(call.word(0));
        call.option("if-none-match").ifPresent(request::ifNoneMatch);
        call.option("if-match").ifPresent(request::ifMatch);
        call.option("type").ifPresent(request::contentType);
        call.option("encoding").ifPresent(request::contentEncoding);
        call.option("md5").ifPresent(request::contentMD5);
        call.option("crc32").ifPresent(request::checksumCRC32);
        call.option("sse").ifPresent(sse -> request.serverSideEncryption(ServerSideEncryption.fromValue(sse)));
        call.option("kms-key").ifPresent(request::ssekmsKeyId);
        call.option("meta").ifPresent(value -> request.metadata(Map.of("meta", value)));
        PutObjectResponse response = client.putObject(request.build(), body(call.word(1)));
        Map<String, Object> fields = new java.util.HashMap<>();
        fields.put("etag", response.eTag());
        fields.put("sse", response.serverSideEncryptionAsString());
        fields.put("kms-key", response.ssekmsKeyId());
        return show(call, "etag", fields);
    }

    private Expected.Outcome get(S3Client client, S3Call call) {
        return rows(client.getObject(
                request -> {
                    request.bucket(bucketOf(call)).key(call.word(0));
                    call.option("range").ifPresent(request::range);
                    call.option("if-match").ifPresent(request::ifMatch);
                    call.option("if-none-match").ifPresent(request::ifNoneMatch);
                    call.option("part").map(Integer::valueOf).ifPresent(request::partNumber);
                },
                (GetObjectResponse response, software.amazon.awssdk.http.AbortableInputStream in) ->
                        new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    }

    private Expected.Outcome head(S3Client client, S3Call call) {
        HeadObjectResponse response = client.headObject(request -> {
            request.bucket(bucketOf(call)).key(call.word(0));
            call.option("if-match").ifPresent(request::ifMatch);
            call.option("part").map(Integer::valueOf).ifPresent(request::partNumber);
        });
        Map<String, Object> fields = new java.util.HashMap<>();
        fields.put("length", response.contentLength());
        fields.put("etag", response.eTag());
        fields.put("type", response.contentType());
        fields.put("encoding", response.contentEncoding());
        fields.put("sse", response.serverSideEncryptionAsString());
        fields.put("kms-key", response.ssekmsKeyId());
        fields.put("parts", response.partsCount());
        fields.put("meta", response.metadata().get("meta"));
        return show(call, "length", fields);
    }

    private Expected.Outcome list(S3Client client, S3Call call) {
        List<String> found = new ArrayList<>();
        String token = null;
        int pages = 0;
        do {
            String from = token;
            ListObjectsV2Response page = client.listObjectsV2(request -> {
                request.bucket(bucketOf(call)).continuationToken(from);
                call.option("prefix").ifPresent(request::prefix);
                call.option("delimiter").ifPresent(request::delimiter);
                call.option("start-after").ifPresent(request::startAfter);
                call.option("max-keys").map(Integer::valueOf).ifPresent(request::maxKeys);
            });
            page.contents().stream().map(S3Object::key).forEach(found::add);
            page.commonPrefixes().stream().map(CommonPrefix::prefix).forEach(found::add);
            token = page.nextContinuationToken();
            pages++;
            if (Boolean.TRUE.equals(page.isTruncated()) && call.option("pages").isEmpty()) {
                found.add("...");
                token = null;
            }
        } while (token != null);
        call.option("pages").ifPresent(ignored -> found.add(0, "all"));
        if (pages > 1) {
            found.set(0, pages + " pages");
        }
        return rows(found.stream());
    }

    private Expected.Outcome delete(S3Client client, S3Call call) {
        if (call.words().size() == 1) {
            client.deleteObject(request -> request.bucket(bucketOf(call)).key(call.word(0)));
            return rows();
        }
        DeleteObjectsResponse response = client.deleteObjects(request -> request.bucket(bucketOf(call))
                .delete(delete -> delete.objects(call.words().stream()
                        .map(key -> ObjectIdentifier.builder().key(key).build())
                        .toList())));
        Set<String> answers = new TreeSet<>();
        response.deleted().forEach(deleted -> answers.add(deleted.key()));
        response.errors().forEach(error -> answers.add(error.key() + " " + error.code()));
        return rows(answers.stream());
    }

    private Expected.Outcome copy(S3Client client, S3Call call) {
        return rows(text(client.copyObject(request -> {
                    request.sourceBucket(call.option("from").orElse(bucket))
                            .sourceKey(call.word(0))
                            .destinationBucket(bucketOf(call))
                            .destinationKey(call.word(1));
                    call.option("if-match").ifPresent(request::copySourceIfMatch);
                })
                .copyObjectResult()
                .eTag()));
    }

    private Expected.Outcome create(S3Client client, S3Call call) {
        parts.clear();
        uploadKey = call.word(0);
        upload = client.createMultipartUpload(request -> {
                    request.bucket(bucketOf(call)).key(uploadKey);
                    call.option("sse")
                            .ifPresent(sse -> request.serverSideEncryption(ServerSideEncryption.fromValue(sse)));
                })
                .uploadId();
        return rows();
    }

    private Expected.Outcome part(S3Client client, S3Call call) {
        int number = Integer.parseInt(call.word(0));
        String tag = client.uploadPart(
                        request -> request.bucket(bucket)
                                .key(uploadKey)
                                .uploadId(uploadId(call))
                                .partNumber(number),
                        body(call.word(1)))
                .eTag();
        parts.removeIf(part -> part.partNumber() == number);
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        return rows(text(tag));
    }

    private Expected.Outcome complete(S3Client client, S3Call call) {
        List<CompletedPart> said = call.words().isEmpty()
                ? parts.stream()
                        .sorted(java.util.Comparator.comparing(CompletedPart::partNumber))
                        .toList()
                : call.words().stream().map(this::said).toList();
        return rows(text(client.completeMultipartUpload(request -> {
                    request.bucket(bucket)
                            .key(uploadKey)
                            .uploadId(uploadId(call))
                            .multipartUpload(list -> list.parts(said));
                    call.option("if-none-match").ifPresent(request::ifNoneMatch);
                })
                .eTag()));
    }

    /** {@code 2}, or {@code 2:etag} for another entity tag than that of the part. */
    private CompletedPart said(String word) {
        String[] pieces = word.split(":");
        int number = Integer.parseInt(pieces[0]);
        Function<CompletedPart, String> own = CompletedPart::eTag;
        String tag = pieces.length > 1
                ? pieces[1]
                : parts.stream()
                        .filter(part -> part.partNumber() == number)
                        .map(own)
                        .findFirst()
                        .orElseThrow();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    /** Signs with the SDK's signer by a clock that may be wrong, and sends by an HTTP client that adds nothing. */
    private Expected.Outcome signed(S3Call call) throws IOException, InterruptedException {
        String method = call.word(0);
        AwsCredentials identity = clients.credentials(call.option("credentials").orElse("own"));
        SdkHttpRequest.Builder unsigned = SdkHttpRequest.builder()
                .uri(URI.create(clients.endpoint()))
                .method(SdkHttpMethod.fromValue(method))
                .encodedPath("/" + bucket + "/"
                        + software.amazon.awssdk.utils.http.SdkHttpUtils.urlEncodeIgnoreSlashes(call.word(1)));
        call.option("token").ifPresent(token -> unsigned.putHeader("x-amz-security-token", token));
        boolean inQuery = call.verb().equals("PRESIGNED");
        Clock clock = Clock.offset(
                Clock.systemUTC(), Duration.parse(call.option("clock").orElse("PT0S")));
        SdkHttpRequest request = AwsV4HttpSigner.create()
                .sign(sign -> {
                    sign.identity(identity)
                            .request(unsigned.build())
                            .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                            .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                            .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                            .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                            .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                            .putProperty(HttpSigner.SIGNING_CLOCK, clock);
                    if (inQuery) {
                        sign.putProperty(
                                        AwsV4FamilyHttpSigner.AUTH_LOCATION,
                                        AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                                .putProperty(
                                        AwsV4FamilyHttpSigner.EXPIRATION_DURATION,
                                        Duration.parse(call.option("expires").orElse("PT1H")));
                    } else {
                        sign.payload(() -> new java.io.ByteArrayInputStream(new byte[0]));
                    }
                })
                .request();
        String uri =
                request.getUri() + call.option("tamper").map(text -> "&" + text).orElse("");
        HttpRequest.Builder sent = HttpRequest.newBuilder(URI.create(uri))
                .method(
                        method,
                        call.words().size() > 2
                                ? HttpRequest.BodyPublishers.ofString(call.word(2))
                                : HttpRequest.BodyPublishers.noBody());
        request.forEachHeader((name, values) -> {
            if (!Set.of("Host", "Content-Length").contains(name)) {
                values.forEach(value -> sent.header(name, value));
            }
        });
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(sent.build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() / 100 == 2
                ? rows(answer.body())
                : new Expected.Outcome.Failed(Integer.toString(answer.statusCode()), answer.body());
    }
}
