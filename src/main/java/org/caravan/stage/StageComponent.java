package org.caravan.stage;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Runs;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Cuts a stream of rows into parts, hands their files to an upload, and writes the manifest. Its options are the defaults of its
 * endpoints.
 */
@Component("caravan-stage")
public class StageComponent extends DefaultComponent {
    /** The profile of the threads that encode and upload the parts of a run. An application may define it itself. */
    private static final String UPLOAD_POOL = "caravan-upload";

    /** Beside those that upload: one encodes, one waits to cut the next part. */
    private static final int OTHER_THREADS = 2;

    private static final int MAX_QUEUE_SIZE = 1000;

    @Metadata(
            description = "The most parts that are being uploaded at a time, beside the one that is being encoded.",
            defaultValue = "4")
    private int uploads = StageEndpoint.DEFAULT_UPLOADS;

    @Metadata(description = "The local folder for parts on their way. Default is the JVM's folder for temporary files.")
    private String directory = "";

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        defineUploadPool();
        Runs.of(getCamelContext())
                .setFilesCheck((manifest, parts) -> StagedParts.problems(findS3("resume"), manifest, parts));
        StageEndpoint endpoint = new StageEndpoint(uri, this);
        endpoint.setAction(remaining);
        endpoint.setUploads(uploads);
        endpoint.setDirectory(directory);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** Not before an endpoint is made: Camel Main sets the options of a component that is initialised already. */
    private void defineUploadPool() {
        ExecutorServiceManager pools = getCamelContext().getExecutorServiceManager();
        if (pools.getThreadPoolProfile(UPLOAD_POOL) == null) {
            pools.registerThreadPoolProfile(new ThreadPoolProfileBuilder(UPLOAD_POOL)
                    .poolSize(uploads + OTHER_THREADS)
                    .maxPoolSize(uploads + OTHER_THREADS)
                    .maxQueueSize(MAX_QUEUE_SIZE)
                    .build());
        }
    }

    /** The client that aws2-s3 uses as well. */
    S3Client findS3(String action) {
        return getCamelContext().getRegistry().findByType(S3Client.class).stream()
                .findFirst()
                .map(EndpointS3::asking)
                .orElseThrow(() -> new CaravanException(
                        Category.CONFIG,
                        "caravan-stage:" + action
                                + " needs an S3Client in the registry, the one that aws2-s3 uses; set s3.region."));
    }

    public int getUploads() {
        return uploads;
    }

    public void setUploads(int uploads) {
        this.uploads = uploads;
    }

    public String getDirectory() {
        return directory;
    }

    public void setDirectory(String directory) {
        this.directory = directory;
    }
}
