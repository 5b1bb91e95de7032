package org.caravan.stage;

import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Run;
import org.caravan.schema.DataSize;
import org.caravan.schema.FileFormat;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Stage a query's rows as files in Amazon S3: cut them into parts, hand each part's file to aws2-s3, and write the manifest last.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "caravan-stage",
        title = "Caravan Stage",
        syntax = "caravan-stage:action",
        producerOnly = true,
        category = {Category.FILE})
public class StageEndpoint extends DefaultEndpoint {
    /** Size of a part unless told otherwise: Redshift advises 1 MB to 1 GB, and several parts load in parallel. */
    public static final String DEFAULT_MAX_BYTES = "64MB";

    /** Parts that are being uploaded at a time unless told otherwise. */
    public static final int DEFAULT_UPLOADS = 4;

    @UriPath(
            description = "parts: set the body, a stream of rows, to an iterator of parts for a streaming split."
                    + " part: set the body to the encoded part's file, and the S3 key header."
                    + " manifest: set the body to the COPY manifest, after checking that every part is in S3 whole.",
            enums = "parts,part,manifest")
    private String action = "";

    @UriParam(
            description = "The S3 prefix under which each run has a folder of its own (parts).",
            defaultValue = "caravan")
    private String prefix = "caravan";

    @UriParam(description = "The most bytes of a part, with a unit (parts).", defaultValue = DEFAULT_MAX_BYTES)
    private String maxBytes = DEFAULT_MAX_BYTES;

    @UriParam(description = "The most rows of a part (parts).", defaultValue = "9223372036854775807")
    private long maxRows = Long.MAX_VALUE;

    @UriParam(
            description =
                    "The slices of the Redshift cluster (parts): where the source can estimate its rows, there are as many"
                            + " equal parts, or a multiple. 0 if they are not known.",
            defaultValue = "0")
    private int slices;

    @UriParam(
            description =
                    "The most parts that are being uploaded at a time, beside the one that is being encoded (parts). The"
                            + " split's thread pool needs two threads more.",
            defaultValue = "4")
    private int uploads = DEFAULT_UPLOADS;

    @UriParam(
            description =
                    "Of which rows the digest is taken that every later point is held against (parts): 1 is all; N is about one row in N,"
                            + " chosen by a key of the row's values. Counts are always of all rows.",
            defaultValue = "1")
    private int sample = 1;

    @UriParam(
            description =
                    "The local folder for parts on their way (parts). Default is the JVM's folder for temporary files.")
    private String directory = "";

    @UriParam(
            description =
                    "The bucket that holds the parts (manifest); given to parts as well, it is checked before a row is read.")
    private String bucket = "";

    @UriParam(
            description =
                    "What an empty result does (manifest). fail: fail the run. keep: end the run well, with a warning and the target"
                            + " as it is. replace: go on and publish no rows, by the mode. auto: fail, but end the run well if it"
                            + " reads an increment, in which nothing new is no error.",
            defaultValue = "auto",
            enums = "auto,fail,keep,replace")
    private String empty = "auto";

    public StageEndpoint(String uri, StageComponent component) {
        super(uri, component);
    }

    @Override
    public Producer createProducer() {
        return switch (action) {
            case "parts" -> new PartsProducer(this);
            case "part" -> new PartProducer(this);
            default -> new ManifestProducer(this);
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("caravan-stage starts no route; use it in a step (to)");
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (!action.equals("parts") && !action.equals("part") && !action.equals("manifest")) {
            throw new IllegalArgumentException(
                    "caravan-stage knows the actions parts, part and manifest, not '" + action + "'");
        }
        prefix = Keys.checkPrefix(prefix);
        options();
        if (sample < 1) {
            throw new IllegalArgumentException(
                    "The parameter sample of caravan-stage:parts (setting verify.sample) must be >= 1, not " + sample);
        }
        if (action.equals("manifest") && bucket.isBlank()) {
            throw new IllegalArgumentException(
                    "caravan-stage:manifest needs the parameter bucket (setting staging.bucket)");
        }
        if (!List.of("auto", "fail", "keep", "replace").contains(empty)) {
            throw new IllegalArgumentException(
                    "The parameter empty of caravan-stage:manifest must be auto, fail, keep or replace, not '" + empty
                            + "'");
        }
    }

    PartOptions options() {
        return new PartOptions(maxRows, DataSize.parse(maxBytes).bytes(), slices, uploads);
    }

    Path directoryPath() {
        return Path.of(directory.isBlank() ? System.getProperty("java.io.tmpdir") : directory);
    }

    /** The client that aws2-s3 uses as well. */
    S3Client findS3() {
        return ((StageComponent) getComponent()).findS3(action);
    }

    /** The address of a run's first part. */
    public String partAddress(Run run, FileFormat format) {
        return address(Keys.of(prefix, run).part(1, format.suffix()));
    }

    /** The address of a run's manifest. */
    public String manifestAddress(Run run) {
        return address(Keys.of(prefix, run).manifest());
    }

    /** The address of a run's JSONPaths file. */
    String jsonPathsAddress(Run run) {
        return address(Keys.of(prefix, run).jsonPaths());
    }

    private String address(String key) {
        return "s3://" + bucket + "/" + key;
    }

    /** Notes what the manifest's step leaves in a run whose files are known. Writes nothing. */
    public void plan(Run run) {
        run.fileFormat().flatMap(FileFormat::jsonPaths).ifPresent(text -> run.setJsonPaths(jsonPathsAddress(run)));
        run.setManifest(manifestAddress(run));
    }

    /** The most bytes of a part. */
    public long partBytes() {
        return options().maxBytes();
    }

    /**
     * Tries whether the credentials may do in the bucket, below the prefix, what a run and its cleaning do: list, put, get and
     * delete. Throws a {@link CaravanException} if not.
     */
    public void tryOut(S3Client s3, Run run) {
        BucketProbe.tryOut(s3, bucket, Keys.of(prefix, run).folder() + "/check.txt");
    }

    public String getAction() {
        return action;
    }

    public void setAction(String action) {
        this.action = action;
    }

    public String getPrefix() {
        return prefix;
    }

    public void setPrefix(String prefix) {
        this.prefix = prefix;
    }

    public String getMaxBytes() {
        return maxBytes;
    }

    public void setMaxBytes(String maxBytes) {
        this.maxBytes = maxBytes;
    }

    public long getMaxRows() {
        return maxRows;
    }

    public void setMaxRows(long maxRows) {
        this.maxRows = maxRows;
    }

    public int getSlices() {
        return slices;
    }

    public void setSlices(int slices) {
        this.slices = slices;
    }

    public int getUploads() {
        return uploads;
    }

    public void setUploads(int uploads) {
        this.uploads = uploads;
    }

    public int getSample() {
        return sample;
    }

    public void setSample(int sample) {
        this.sample = sample;
    }

    public String getDirectory() {
        return directory;
    }

    public void setDirectory(String directory) {
        this.directory = directory;
    }

    public String getBucket() {
        return bucket;
    }

    public void setBucket(String bucket) {
        this.bucket = bucket;
    }

    public String getEmpty() {
        return empty;
    }

    public void setEmpty(String empty) {
        this.empty = empty;
    }
}
