package org.caravan.stage;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.support.DefaultProducer;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.StagedFiles;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.Step;
import org.caravan.ledger.Warning;
import org.caravan.schema.FileFormat;
import org.caravan.verify.TableSummary;
import org.caravan.verify.VerifyConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Sets the body to the manifest, and the header to its key. Refuses unless the parts hold every row that the source gave and lie in
 * the bucket whole: an exception that was handled inside the split must not hide a missing part.
 */
final class ManifestProducer extends DefaultProducer {
    private static final Logger LOG = LoggerFactory.getLogger(ManifestProducer.class);

    private final StageEndpoint endpoint;

    ManifestProducer(StageEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) {
        Run run = Runs.current(exchange, getEndpoint().getEndpointUri());
        run.begin(Step.STAGE);
        List<StagedPart> parts = run.parts();
        checkLoadable(run);
        checkRows(run, parts);
        Keys keys = Keys.of(endpoint.getPrefix(), run);
        List<String> problems =
                StagedParts.problems(endpoint.findS3(), endpoint.getBucket(), keys, parts, run.proof()::stored);
        if (!problems.isEmpty()) {
            throw new CaravanException(
                    Category.STAGE,
                    "The bucket " + endpoint.getBucket() + " does not hold the parts of run " + run.id()
                            + " as they were encoded: " + String.join("; ", problems) + ". No manifest is written.");
        }
        putJsonPaths(run, keys);
        exchange.getMessage().setHeader(AWS2S3Constants.KEY, keys.manifest());
        exchange.getMessage().setBody(Manifest.of(endpoint.getBucket(), parts));
        run.setManifest(endpoint.manifestAddress(run));
        TableSummary expected = exchange.getProperty(VerifyConstants.EXPECTED, TableSummary.class);
        if (expected != null) {
            run.recovery()
                    .setFiles(new StagedFiles(
                            run.columns().orElseThrow(), run.fileFormat(), run.jsonPaths(), expected.kept()));
        }
        run.proof().setVersion("camel", exchange.getContext().getVersion());
        run.proof().readBackBy(new StagedLines(endpoint.findS3(), endpoint.getBucket()));
        run.proof().certifyBy(new CertificateUpload(endpoint.findS3(), endpoint.getBucket(), keys.certificate()));
        if (run.rowsRead() == 0 && endpoint.getEmpty().equals("keep")) {
            keep(exchange, run);
        }
    }

    private static void keep(Exchange exchange, Run run) {
        Warning warning = new Warning(
                "empty=keep",
                "the query returned no rows; nothing is loaded or published, and the target keeps its rows");
        run.warnings().add(warning);
        LOG.warn("{} run {}: {}", run.pipeline(), run.id(), warning);
        Runs.keepTarget(exchange);
    }

    /** A manifest is for COPY. */
    private static void checkLoadable(Run run) {
        run.fileFormat().flatMap(FileFormat::obstacle).ifPresent(obstacle -> {
            throw new CaravanException(
                    Category.CONFIG,
                    "The files of pipeline '" + run.pipeline() + "' cannot be loaded into Redshift: " + obstacle
                            + ". No manifest is written.");
        });
    }

    private void putJsonPaths(Run run, Keys keys) {
        run.fileFormat().flatMap(FileFormat::jsonPaths).ifPresent(text -> {
            endpoint.findS3()
                    .putObject(
                            request -> request.bucket(endpoint.getBucket())
                                    .key(keys.jsonPaths())
                                    .contentType("application/json"),
                            RequestBody.fromString(text));
            run.setJsonPaths(endpoint.jsonPathsAddress(run));
        });
    }

    private void checkRows(Run run, List<StagedPart> parts) {
        long encoded = parts.stream().mapToLong(StagedPart::rows).sum();
        run.count(Point.FILES, encoded);
        long source = run.rows(Point.SOURCE)
                .orElseThrow(() -> new CaravanException(
                        Category.STAGE,
                        "The rows of pipeline '" + run.pipeline()
                                + "' were not staged to their end; no manifest is written."));
        if (encoded != source || source != run.rowsRead()) {
            throw new CaravanException(
                    Category.STAGE,
                    "The parts of run " + run.id() + " hold " + encoded + " rows, but the source gave " + run.rowsRead()
                            + "; no manifest is written.");
        }
        if (source == 0 && endpoint.getEmpty().equals("fail")) {
            throw new CaravanException(
                    Category.SOURCE,
                    "The query of pipeline '" + run.pipeline()
                            + "' returned no rows, and an empty result fails the run; the"
                            + " target table keeps its rows. If no rows may be right, set empty=keep (the target stays as it"
                            + " is) or empty=replace (it is emptied, by the mode) on caravan-stage:manifest.");
        }
    }
}
