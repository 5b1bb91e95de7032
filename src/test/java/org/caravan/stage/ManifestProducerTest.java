package org.caravan.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.caravan.format.CsvDataFormat;
import org.caravan.format.LineEnd;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Increment;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.Warning;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class ManifestProducerTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Bucket bucket = new Bucket("landing");
    private Exchange exchange;
    private Run run;
    private String folder;

    @BeforeEach
    void begin() {
        context.getRegistry().bind("s3", S3Client.class, bucket);
        context.start();
        exchange = new DefaultExchange(context);
        run = Runs.of(context).begin(exchange, "customers");
        folder = "caravan/customers/" + run.id();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void listsThePartsInOrderAndRemembersWhereItLies() {
        stage(5, 10, 20, 30, 40, 50);
        bucket.put("caravan/customers/another_run/part-00001.parquet", 1);

        manifest("");

        assertThat(exchange.getMessage().getBody(Manifest.class)).isEqualTo(Manifest.of("landing", run.parts()));
        assertThat(run.parts()).extracting(StagedPart::number).containsExactly(1, 2, 3, 4, 5);
        assertThat(exchange.getMessage().getHeader(AWS2S3Constants.KEY)).isEqualTo(folder + "/manifest.json");
        assertThat(run.manifest()).contains("s3://landing/" + folder + "/manifest.json");
        assertThat(run.rows(Point.FILES)).hasValue(5);
    }

    @Test
    void refusesAPartThatIsMissing() {
        stage(2, 10, 20);
        bucket.remove(key(2));

        assertRefused(Category.STAGE, key(2) + " is missing. No manifest is written.");
    }

    @Test
    void refusesAPartThatIsShort() {
        stage(2, 10, 20);
        bucket.put(key(1), 9);

        assertRefused(Category.STAGE, key(1) + " has 9 bytes instead of 10. No manifest is written.");
    }

    @Test
    void refusesAPartWithOtherBytes() {
        stage(2, 10, 20);
        bucket.checksum(key(1), "AAAAAA==");
        bucket.checksum(key(2), "AAAAAQ==");

        assertRefused(
                Category.STAGE,
                key(2) + " has the CRC-32 AAAAAQ== instead of AAAAAA== (base64). No manifest is written.");
    }

    @Test
    void refusesFilesThatCopyCannotLoad() {
        CsvDataFormat windows = new CsvDataFormat();
        windows.setLineEnd(LineEnd.CRLF);
        run.setFileFormat(windows.fileFormat(new Counting(0).columns()));
        stage(2, 10, 20);

        assertRefused(Category.CONFIG, "The files of pipeline 'customers' cannot be loaded into Redshift: ");
    }

    @Test
    void refusesAnObjectThatIsNotOfTheRun() {
        stage(2, 10, 20);
        bucket.put(folder + "/part-00003.parquet", 30);

        assertRefused(Category.STAGE, folder + "/part-00003.parquet is not of this run");
    }

    @Test
    void tellsEveryProblemOfTheBucketTogether() {
        stage(3, 10, 20, 30);
        bucket.remove(key(1));
        bucket.put(key(3), 0);

        assertRefused(Category.STAGE, key(1) + " is missing; " + key(3) + " has 0 bytes instead of 30");
    }

    @Test
    void refusesPartsThatHoldFewerRowsThanTheSourceGave() {
        stage(2, 10, 20);
        run.count(Point.SOURCE, 3);
        run.addRowsRead(1);

        assertRefused(Category.STAGE, "hold 2 rows, but the source gave 3; no manifest is written");
    }

    @Test
    void refusesARowThatWasReadAndNotCounted() {
        stage(2, 10, 20);
        run.addRowsRead(1);

        assertRefused(Category.STAGE, "hold 2 rows, but the source gave 3");
    }

    @Test
    void refusesRowsThatWereNotReadToTheirEnd() {
        run.addRowsRead(10);
        run.addPart(new StagedPart(1, key(1), 10, 10, 0));
        bucket.put(key(1), 10);

        assertRefused(Category.STAGE, "The rows of pipeline 'customers' were not staged to their end");
    }

    @Test
    void refusesAnEmptyResultUnlessItIsAllowed() {
        run.count(Point.SOURCE, 0);

        assertRefused(Category.SOURCE, "returned no rows");
        manifest("&empty=replace");

        assertThat(exchange.getMessage().getBody(Manifest.class).entries()).isEmpty();
        assertThat(Runs.keepsTarget(exchange)).isFalse();
        assertThat(run.warnings().list()).isEmpty();
    }

    @Test
    void warnsOfAnEmptyResultThatLeavesTheTargetAsItIs() {
        run.count(Point.SOURCE, 0);

        manifest("&empty=keep");

        assertThat(Runs.keepsTarget(exchange)).isTrue();
        assertThat(run.warnings().list())
                .containsExactly(new Warning(
                        "empty=keep",
                        "the query returned no rows; nothing is loaded or published, and the target keeps its rows"));
    }

    @Test
    void findsNothingWrongWithAnIncrementInWhichNothingIsNew() {
        run.count(Point.SOURCE, 0);
        run.parameters()
                .setIncrement(new Increment(
                        "id", Optional.of("id"), "bigint", "0", "1", Increment.Overlap.NONE, Increment.Modes.SAFE));

        manifest("");

        assertThat(Runs.keepsTarget(exchange)).isTrue();
        assertThat(run.warnings().list()).isEmpty();
    }

    @Test
    void keepsNothingBackIfThereAreRows() {
        stage(1, 10);

        manifest("&empty=keep");

        assertThat(Runs.keepsTarget(exchange)).isFalse();
    }

    private void assertRefused(Category category, String message) {
        assertThatThrownBy(() -> manifest(""))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining(message)
                .extracting("category")
                .isEqualTo(category);
        assertThat(run.manifest()).isEmpty();
    }

    private void manifest(String options) {
        new ManifestProducer(
                        context.getEndpoint("caravan-stage:manifest?bucket=landing" + options, StageEndpoint.class))
                .process(exchange);
    }

    /** One row a part, encoded last part first. */
    private void stage(long rows, long... sizes) {
        run.addRowsRead(rows);
        run.count(Point.SOURCE, rows);
        for (int number = sizes.length; number > 0; number--) {
            run.addPart(new StagedPart(number, key(number), 1, sizes[number - 1], 0));
            bucket.put(key(number), sizes[number - 1]);
        }
    }

    private String key(int number) {
        return folder + "/part-0000" + number + ".parquet";
    }
}
