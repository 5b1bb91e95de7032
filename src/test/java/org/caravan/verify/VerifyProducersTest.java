package org.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Evidence;
import org.caravan.ledger.Evidence.Compared;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Step;
import org.caravan.ledger.Verification;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;
import org.caravan.verify.digest.Digest;
import org.caravan.verify.digest.DigestSql;
import org.caravan.verify.digest.Sample;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VerifyProducersTest {
    private static final TableName TABLE = new TableName("staging", "p__1");
    private static final String COMPARE = "compare?engine=redshift";
    private static final Map<String, Object> SUMMARY =
            Map.of("n", 2L, "c0_count", 2L, "c0_min", 1, "c0_max", 2, "c0_sum", 3);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private Exchange exchange;
    private Run run;

    @BeforeEach
    void begin() {
        context.start();
        exchange = new DefaultExchange(context);
        run = Runs.of(context).begin(exchange, "p");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void asksForTheRunsTableByItsFullNameInEachEngine() throws Exception {
        loaded(1);

        process("statements?engine=redshift");
        assertThat(exchange.getMessage().getBody())
                .isEqualTo(new SummarySql(Engine.REDSHIFT, run.comment(Step.VERIFY), "\"staging\".\"p__1\"")
                        .statements(columns(1)));

        process("statements?engine=databricks&catalog=fed`1");
        assertThat(exchange.getMessage().getBody())
                .isEqualTo(new SummarySql(Engine.DATABRICKS, run.comment(Step.VERIFY), "`fed``1`.`staging`.`p__1`")
                        .statements(columns(1)));
    }

    @Test
    void asksWhatItPlans() throws Exception {
        loaded(130);

        for (String uri : List.of(
                "statements?engine=redshift&digest=both", "statements?engine=databricks&catalog=fed&digest=both")) {
            process(uri);
            String comment = run.comment(Step.VERIFY);
            assertThat(context.getEndpoint("caravan-verify:" + uri, VerifyEndpoint.class)
                            .plan(run))
                    .hasSizeGreaterThan(3)
                    .allSatisfy(planned -> assertThat(planned.effort()).isNotEmpty())
                    .extracting(planned -> comment + planned.sql())
                    .isEqualTo(statements());
        }
    }

    @Test
    void notesTheEvidenceOfTheEngineThatAgrees() throws Exception {
        loaded(1);
        answer(List.of(Map.of("n", 2L, "c0_count", 2L, "c0_min", 1, "c0_max", 2, "c0_sum", new BigDecimal("3"))));

        process(COMPARE);

        assertThat(run.isVerified(TABLE, Point.REDSHIFT)).isTrue();
        assertThat(run.isVerified(TABLE, Point.DATABRICKS)).isFalse();
        assertThat(run.rows(Point.REDSHIFT)).hasValue(2);
    }

    @Test
    void countsAndFailsWhatDiffers() {
        loaded(1);
        answer(List.of(Map.of("n", 3L, "c0_count", 3L, "c0_min", 1, "c0_max", 2, "c0_sum", 5)));

        assertRefused(
                COMPARE,
                Category.VERIFY,
                "Read through redshift, table staging.p__1 is not what was queried: rows: 2 queried, 3 found;"
                        + " column 'c0' sum: '3' queried, '5' found.");
        assertThat(run.rows(Point.REDSHIFT)).hasValue(3);
        assertThat(run.isVerified(TABLE, Point.REDSHIFT)).isFalse();
    }

    @Test
    void asksForTheDigestInTheEngineThatIsNamed() throws Exception {
        loaded(1);
        String comment = run.comment(Step.VERIFY);

        process("statements?engine=redshift&digest=redshift");
        assertThat(statements())
                .hasSize(2)
                .element(1)
                .isEqualTo(DigestSql.redshift()
                        .statements(comment, "\"staging\".\"p__1\"", columns(1))
                        .get(0));
        process("statements?engine=databricks&digest=both&catalog=fed");
        assertThat(statements())
                .hasSize(2)
                .element(1)
                .isEqualTo(DigestSql.spark()
                        .statements(comment, "`fed`.`staging`.`p__1`", columns(1))
                        .get(0));
        process("statements?engine=redshift&digest=databricks");
        assertThat(statements()).hasSize(1);
    }

    @Test
    void notesWhereEachDigestWasComputed() throws Exception {
        loaded(1);
        Digest digest = encoded();
        exchange.getMessage().setBody(List.of(List.of(SUMMARY), List.of(answer(digest))));

        process(COMPARE + "&digest=redshift");

        assertThat(run.isVerified(TABLE, Point.REDSHIFT)).isTrue();
        assertThat(run.digests()).isEqualTo(Map.of(Point.FILES, digest.toString(), Point.REDSHIFT, digest.toString()));
    }

    @Test
    void failsWhereADigestDiffersAndNamesTheColumn() {
        loaded(1);
        Map<String, Object> answer = answer(encoded());
        answer.put("c0", BigDecimal.TEN);
        answer.put("ra", BigDecimal.ONE);
        exchange.getMessage().setBody(List.of(List.of(SUMMARY), List.of(answer)));

        assertRefused(
                COMPARE + "&digest=both",
                Category.VERIFY,
                "column 'c0' digest: " + encoded().columns().get(0) + " queried, 10 found");
        assertThat(run.isVerified(TABLE, Point.REDSHIFT)).isFalse();
    }

    @Test
    void failsWhereValuesStandInOtherRows() {
        loaded(1);
        Map<String, Object> answer = answer(encoded());
        answer.put("rb", BigDecimal.ONE);
        exchange.getMessage().setBody(List.of(List.of(SUMMARY), List.of(answer)));

        assertRefused(COMPARE + "&digest=redshift", Category.VERIFY, "values stand in other rows");
    }

    @Test
    void failsWhereTheDigestIsNotAnswered() {
        loaded(1);
        exchange.getMessage().setBody(List.of(List.of(SUMMARY)));

        assertRefused(COMPARE + "&digest=redshift", Category.VERIFY, "asked 1 questions and got 0 answers");
    }

    private List<?> statements() {
        return (List<?>) exchange.getMessage().getBody();
    }

    private Digest encoded() {
        return exchange.getProperty(VerifyConstants.EXPECTED, TableSummary.class)
                .digest(columns(1));
    }

    private static Map<String, Object> answer(Digest digest) {
        Map<String, Object> answer = new HashMap<>();
        answer.put("n", digest.rows());
        answer.put("c0", new BigDecimal(digest.columns().get(0)));
        answer.put("ra", new BigDecimal(digest.groups().get(0).a()));
        answer.put("rb", new BigDecimal(digest.groups().get(0).b()));
        return answer;
    }

    @Test
    void showsFiveDifferencesAndCountsTheRest() {
        loaded(7);
        Map<String, Object> row = new HashMap<>(Map.of("n", 2L));
        for (int i = 0; i < 7; i++) {
            row.putAll(Map.of("c" + i + "_count", 2L, "c" + i + "_min", 1, "c" + i + "_max", 2, "c" + i + "_sum", 4));
        }
        answer(List.of(row));

        assertThatThrownBy(() -> process(COMPARE))
                .hasMessageContaining("column 'c4' sum: '3' queried, '4' found; and 2 more.")
                .hasMessageNotContaining("'c5'");
    }

    static Stream<Object> noAnswers() {
        return Stream.of(List.of(), List.of(Map.of("n", 1L), Map.of("n", 1L)), List.of("n"), "3", Map.of("n", 1L));
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void takesNothingButOneRowAsTheAnswerToAStatement(Object answer) {
        loaded(1);
        exchange.getMessage().setBody(List.of(answer));

        assertRefused(COMPARE, Category.VERIFY, "A verification statement was not answered by one row: " + answer);
    }

    @Test
    void takesNothingButAListOfAnswers() {
        loaded(1);
        exchange.getMessage().setBody(Map.of("n", 1L));

        assertRefused(COMPARE, Category.CONFIG, "collect them in the split with GroupedBodyAggregationStrategy");
    }

    @Test
    void refusesToVerifyBeforeItLoads() {
        assertRefused("statements?engine=redshift", Category.CONFIG, "'p' verifies before it loads");
        assertRefused(COMPARE, Category.CONFIG, "'p' has nothing to compare");
    }

    @Test
    void comparesTheCountOnlyIfToldSo() throws Exception {
        loaded(1);

        process("statements?engine=databricks&catalog=fed&compare=rows");
        assertThat(statements())
                .isEqualTo(List.of(run.comment(Step.VERIFY) + "SELECT COUNT(*) AS n FROM `fed`.`staging`.`p__1`"));

        answer(List.of(Map.of("n", 3L)));
        assertRefused("compare?engine=databricks&compare=rows", Category.VERIFY, "rows: 2 queried, 3 found");
        assertThat(run.isVerified(TABLE, Point.DATABRICKS)).isFalse();

        answer(List.of(Map.of("n", 2L)));
        process("compare?engine=databricks&compare=rows");
        assertThat(run.proof().evidence().list())
                .containsExactly(new Evidence.Comparison(TABLE.toString(), Point.DATABRICKS, Set.of(Compared.ROWS)));
        assertThat(run.rows(Point.DATABRICKS)).hasValue(2);
    }

    @Test
    void comparesTheDigestBesideTheCount() throws Exception {
        loaded(1);

        process("statements?engine=redshift&compare=rows&digest=redshift");
        assertThat(statements()).hasSize(1);

        answer(List.of(Map.of("n", 2, "ra", 1, "rb", 1, "c0", 1)));
        assertRefused(
                "compare?engine=redshift&compare=rows&digest=redshift",
                Category.VERIFY,
                "table staging.p__1 is not what was queried: column 'c0' digest");
    }

    @Test
    void countsAllRowsBesideTheDigestOfASample() throws Exception {
        loaded(1, new Sample(2));
        Digest sampled = encoded();

        process("statements?engine=redshift&compare=rows&digest=redshift");
        assertThat(statements()).hasSize(2);
        assertThat(statements().get(0))
                .isEqualTo(run.comment(Step.VERIFY) + "SELECT COUNT(*) AS n FROM \"staging\".\"p__1\"");
        assertThat(statements().get(1)).asString().contains(" FROM \"staging\".\"p__1\" WHERE ");

        String compare = "compare?engine=redshift&compare=rows&digest=redshift";
        exchange.getMessage().setBody(List.of(List.of(Map.of("n", 3L)), List.of(answer(sampled))));
        assertRefused(compare, Category.VERIFY, "rows: 2 queried, 3 found");
        Map<String, Object> lost = answer(sampled);
        lost.put("n", sampled.rows() + 1);
        exchange.getMessage().setBody(List.of(List.of(Map.of("n", 2L)), List.of(lost)));
        assertRefused(compare, Category.VERIFY, "of the sample 1/2: rows: " + sampled.rows() + " queried, ");

        exchange.getMessage().setBody(List.of(List.of(Map.of("n", 2L)), List.of(answer(sampled))));
        process(compare);
        assertThat(run.rows(Point.REDSHIFT)).hasValue(2);
        assertThat(run.digests())
                .isEqualTo(Map.of(Point.FILES, sampled.toString(), Point.REDSHIFT, sampled.toString()));
        assertThat(run.proof().evidence().list()).singleElement().satisfies(comparison -> {
            assertThat(comparison.names()).containsExactly("rows", "digest sampled 1/2");
            assertThat(Evidence.Comparison.of(comparison.table(), comparison.engine(), comparison.labels()))
                    .isEqualTo(comparison);
        });
    }

    @Test
    void asksForFiguresOfAllRowsBesideTheDigestOfASample() throws Exception {
        loaded(1, new Sample(2));

        process("statements?engine=redshift&digest=redshift");
        assertThat(statements()).hasSize(2);
        assertThat(statements().get(0)).asString().doesNotContain("WHERE");

        exchange.getMessage().setBody(List.of(List.of(SUMMARY), List.of(answer(encoded()))));
        process(COMPARE + "&digest=redshift");
        assertThat(run.rows(Point.REDSHIFT)).hasValue(2);
        assertThat(run.proof().evidence().list().get(0).names())
                .containsExactly("rows", "values", "digest sampled 1/2");
        assertThat(run.proof().verifications().get(0).statements())
                .extracting(Verification.Asked::reads)
                .containsExactly(
                        "Redshift reads the table once",
                        "the digest, sampled 1/2: Redshift reads the table once, and computes it of the chosen rows");
    }

    @Test
    void warnsOnceOfASampleThatHasNoneOfTheRows() throws Exception {
        loaded(1, new Sample(1_000_000));
        Digest empty = encoded();
        assertThat(empty.rows()).isZero();

        for (int table = 0; table < 2; table++) {
            exchange.getMessage().setBody(List.of(List.of(Map.of("n", 2L)), List.of(answer(empty))));
            process("compare?engine=redshift&compare=rows&digest=redshift");
        }

        assertThat(run.warnings().list()).singleElement().satisfies(warning -> {
            assertThat(warning.rule()).isEqualTo("verify.sample");
            assertThat(warning.message()).startsWith("none of the 2 rows is in the sample of 1/1000000");
        });
    }

    @Test
    void asksForTheLastRunOnlyOnceThisOneIsPublished() throws Exception {
        loaded(1);
        process("statements?subject=publication&engine=databricks&catalog=fed");
        assertThat(statements()).isEmpty();
        process("compare?subject=publication&engine=databricks");
        assertThat(run.proof().evidence().isFresh()).isFalse();

        run.proof().evidence().published(new TableName("staging", "p__load_ledger"), true);
        process("statements?subject=publication&engine=databricks&catalog=fed");
        assertThat(statements())
                .isEqualTo(
                        List.of(run.comment(Step.VERIFY) + "SELECT run_id, target FROM `fed`.`staging`.`p__load_ledger`"
                                + " ORDER BY published_at DESC, run_id DESC LIMIT 1"));
        answer(List.of(Map.of("run_id", run.id().value(), "target", "public.p")));
        process("compare?subject=publication&engine=databricks");
        assertThat(run.proof().evidence().isFresh()).isTrue();
    }

    @Test
    void saysWhichRunIsReadInsteadOfThisOne() {
        loaded(1);
        run.proof().evidence().published(new TableName("staging", "p__load_ledger"), true);
        String compare = "compare?subject=publication&engine=databricks";

        answer(List.of(Map.of("run_id", "20200131t060000000_4x7qa", "target", "public.p")));
        assertRefused(
                compare,
                Category.VERIFY,
                "Read through databricks, the load ledger staging.p__load_ledger names run 20200131t060000000_4x7qa as the last"
                        + " published instead of run " + run.id());
        answer(List.of());
        assertRefused(compare, Category.VERIFY, "names no run as the last published instead of run " + run.id());
        assertThat(run.proof().evidence().isFresh()).isFalse();
    }

    @Test
    void namesTheColumnsThatDiffer() {
        loaded(6);
        Map<String, Object> other = new HashMap<>(Map.of("n", 2, "ra", 1, "rb", 1));
        for (int i = 0; i < 6; i++) {
            other.put("c" + i, 1);
        }
        answer(List.of(other));

        assertRefused(
                "compare?engine=redshift&compare=rows&digest=redshift",
                Category.VERIFY,
                "is not what was queried: the digests of the columns 'c0', 'c1', 'c2', 'c3', 'c4', 'c5' differ;");
    }

    @Test
    void refusesToCompareWithoutTheRowsThatWereEncoded() {
        run.setTable(TABLE, columns(1));
        answer(List.of(Map.of("n", 0L)));

        assertRefused(COMPARE, Category.CONFIG, "'p' has nothing to compare");
    }

    @ParameterizedTest
    @CsvSource({
        "compute?engine=redshift, 'knows the actions statements, ask and compare, not ''compute'''",
        "ask, needs the parameter via",
        "compare, 'must be redshift or databricks, not '''''",
        "statements?engine=spark, 'must be redshift or databricks, not ''spark'''",
        "compare?engine=redshift&compare=all, 'must be values or rows, not ''all'''",
        "compare?engine=redshift&subject=all, 'must be table or publication, not ''all'''",
        "compare?engine=redshift&digest=all, 'must be none, redshift, databricks or both, not ''all'''",
        "statements?engine=databricks, needs the parameter catalog"
    })
    void refusesWrongOptionsWhenTheRouteStarts(String action, String message) {
        assertThatThrownBy(() -> context.getEndpoint("caravan-verify:" + action))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void startsNoRoute() {
        assertThatThrownBy(
                        () -> context.getEndpoint("caravan-verify:" + COMPARE).createConsumer(e -> {}))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    /** A run that loaded two rows, 1 and 2 in each column. */
    private void loaded(int width) {
        loaded(width, Sample.ALL);
    }

    private void loaded(int width, Sample sample) {
        Batch batch = new Batch(columns(width), 2);
        for (int i = 0; i < width; i++) {
            batch.longs(i).set(0, 1);
            batch.longs(i).set(1, 2);
        }
        batch.setRows(2);
        TableSummary summary = new TableSummary(columns(width), sample);
        summary.add(batch);
        exchange.setProperty(VerifyConstants.EXPECTED, summary);
        run.setTable(TABLE, columns(width));
        run.proof().setSample(sample.oneIn());
    }

    /** One answer, as camel-jdbc gives it: a list of rows. */
    private void answer(List<Map<String, Object>> rows) {
        exchange.getMessage().setBody(List.of(rows));
    }

    private void assertRefused(String action, Category category, String message) {
        assertThatThrownBy(() -> process(action))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining(message)
                .extracting("category")
                .isEqualTo(category);
    }

    private void process(String action) throws Exception {
        context.getEndpoint("caravan-verify:" + action).createProducer().process(exchange);
    }

    private static Columns columns(int width) {
        return new Columns(IntStream.range(0, width)
                .mapToObj(i -> new Column("c" + i, new ColumnType.Int(4), true))
                .toList());
    }
}
