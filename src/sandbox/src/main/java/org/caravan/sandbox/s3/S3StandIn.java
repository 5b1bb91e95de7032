package org.caravan.sandbox.s3;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.caravan.sandbox.StandIn;
import org.caravan.sandbox.control.Faults;
import org.caravan.sandbox.s3.nio2blob.FileStore;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.shaded.org.eclipse.jetty.server.Server;

/**
 * Stands in for Amazon S3: S3Proxy over plain files, with signatures (version 4) enforced, on a loopback port.
 *
 * <p>Objects outlive the process: each is a file {@code objects/BUCKET/KEY} below the given directory.
 */
public final class S3StandIn implements StandIn.Running {
    /** docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html; S3Proxy answers others as missing. */
    private static final Pattern BUCKET_NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private final S3Proxy server;
    private final BlobStore store;
    private final S3Faults faults;
    private final String bucket;
    private final String region;

    private S3StandIn(S3Proxy server, BlobStore store, S3Faults faults, String bucket, String region) {
        this.server = server;
        this.store = store;
        this.faults = faults;
        this.bucket = bucket;
        this.region = region;
    }

    /**
     * {@code --dir D --port P --access-key K --secret-key S --bucket B --region R [--guests K:S:BUCKET+BUCKET,…]}; port 0 (the
     * default) is a free one; guests are further access keys, each for some buckets only.
     */
    public static void main(String... args) {
        StandIn.serve("s3", args, S3StandIn::start);
    }

    static S3StandIn start(StandIn.Options options) throws Exception {
        String region = options.get("region");
        BlobStore store = store(Path.of(options.get("dir")), region);
        String bucket = options.get("bucket");
        if (!BUCKET_NAME.matcher(bucket).matches()) {
            throw new IllegalArgumentException(
                    "bucket name '" + bucket + "' is not valid; S3 takes 3 to 63 lower-case letters,"
                            + " digits, dots and hyphens, with a letter or digit at both ends");
        }
        if (!store.containerExists(bucket)) {
            store.createContainer(bucket);
        }
        String accessKey = options.get("access-key");
        String secretKey = options.get("secret-key");
        S3Proxy server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:" + options.port("port")))
                .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                // SDK 2 sends headers, such as x-amz-mp-object-size, that S3Proxy would answer with 501.
                .ignoreUnknownHeaders(true)
                .stopTimeout(0)
                .build();
        server.setBlobStoreLocator(
                new Access(store, accessKey, secretKey, options.find("guests").orElse("")));
        S3Faults faults = new S3Faults();
        putInFront(server, faults);
        server.start();
        return new S3StandIn(server, store, faults, bucket, region);
    }

    /** S3Proxy 4.1.0 has no place for a handler of one's own, and its server is a private field. */
    private static void putInFront(S3Proxy proxy, S3Faults faults) throws ReflectiveOperationException {
        Field field = S3Proxy.class.getDeclaredField("server");
        field.setAccessible(true);
        Server jetty = (Server) field.get(proxy);
        jetty.setHandler(new Front(jetty.getHandler(), faults));
    }

    private static BlobStore store(Path dir, String region) throws IOException {
        Path objects = Files.createDirectories(dir.toAbsolutePath().normalize().resolve("objects"));
        return new AnyKeyStore(new FileStore(objects), objects, region);
    }

    int port() {
        return server.getPort();
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("port", port());
        facts.put("endpoint", "http://127.0.0.1:" + port());
        facts.put("bucket", bucket);
        facts.put("region", region);
        return facts;
    }

    @Override
    public Faults faults() {
        return faults.desk();
    }

    @Override
    public void close() throws Exception {
        server.stop();
        store.close();
    }
}
