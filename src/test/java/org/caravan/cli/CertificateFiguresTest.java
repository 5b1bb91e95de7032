package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A certificate whose figures were edited is caught by its other figures, and by its copies. */
class CertificateFiguresTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT =
            """
            {"run": "r", "rows": {"source": 5, "files": 5, "copied": 5, "redshift": 5, "databricks": 5},
             "copy": {"query": 7, "rows": 5},
             "files": {"parts": [{"rows": 3}, {"rows": 2}]},
             "publication": {"mode": "replace", "target": "public.t", "inserted": 5, "deleted": 9, "rowsAfter": 5},
             "digests": [{"computedBy": "caravan", "digest": "1:5:a:b"}, {"computedBy": "redshift", "digest": "1:5:a:b"}],
             "verifications": [{"table": "staging.t", "engine": "redshift", "published": false, "rowsOf": "the table", "rows": 5},
                               {"table": "public.t", "engine": "redshift", "published": true, "rowsOf": "the table", "rows": 5}]}
            """;

    @Test
    void agreesWithItself() throws Exception {
        assertThat(CertificateFigures.check(JSON.readTree(TEXT)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(CertificateFinding.Verdict.HOLDS);
                    assertThat(finding.message()).endsWith("its figures agree: 5 rows");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"databricks\": 5  | \"databricks\": 4  | rows.databricks is 4, rows.source is 5",
                "\"rows\": 3        | \"rows\": 30       | the rows of all parts is 32, rows.source is 5",
                "\"query\": 7, \"rows\": 5 | \"rows\": 6 | copy.rows is 6, rows.source is 5",
                "\"inserted\": 5    | \"inserted\": 4    | publication.inserted is 4, rows.source is 5",
                "\"rowsAfter\": 5   | \"rowsAfter\": 14  | publication.rowsAfter is 14, rows.source is 5",
                "\"redshift\", \"digest\": \"1:5:a:b\" | \"redshift\", \"digest\": \"1:5:a:c\""
                        + " | the digest of redshift is 1:5:a:c, that of caravan is 1:5:a:b",
                "\"caravan\", \"digest\": \"1:5:a:b\" | \"caravan\", \"digest\": \"1:4:a:b\""
                        + " | 'the digest of caravan is of other rows: 1:4:a:b, where rows.source is 5'",
                "\"table\": \"public.t\" | \"table\": \"public.u\""
                        + " | the verification of public.u in redshift is of no target: publication.target is public.t"
            })
    void tellsEachFigureThatDisagrees(String figure, String forged, String said) throws Exception {
        assertThat(TEXT).contains(figure);

        assertThat(CertificateFigures.check(JSON.readTree(TEXT.replace(figure, forged))))
                .extracting(CertificateFinding::message)
                .contains(said);
    }

    /** Every digest is of a sample of two rows. */
    private static String sampled() {
        return TEXT.replace("\"1:5:a:b\"", "\"1:1/3:2:a:b\", \"sampled\": \"1/3\"")
                .replace(
                        "\"rowsOf\"",
                        "\"compared\": [\"rows\", \"sample\"], \"digest\": \"1:1/3:2:a:b\", \"sampled\": \"1/3\", \"rowsOf\"");
    }

    @Test
    void agreesWithItselfOfASample() throws Exception {
        assertThat(CertificateFigures.check(JSON.readTree(sampled())))
                .extracting(CertificateFinding::verdict)
                .containsExactly(CertificateFinding.Verdict.HOLDS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"sample\"         | \"digest\"       | the verification of public.t in redshift compared a sample 1/3, and calls it every value (digest)",
                "1:1/3:2:          | 1:1/3:6:         | 'the digest of caravan is of other rows: 1:1/3:6:a:b, where rows.source is 5'",
                "\"sampled\": \"1/3\" | \"sampled\": \"1/2\" | 'the digest of redshift is of a sample 1/3, but called one of 1/2'",
                "1:1/3:2:          | 1:5:             | 'the digest of caravan is of a sample 1/1, but called one of 1/3'"
            })
    void tellsASampleThatIsCalledMore(String figure, String forged, String said) throws Exception {
        assertThat(sampled()).contains(figure);

        assertThat(CertificateFigures.check(JSON.readTree(sampled().replace(figure, forged))))
                .extracting(CertificateFinding::message)
                .contains(said);
    }

    @Test
    void allowsOtherRowsInTheTargetOfAnAppend() throws Exception {
        String appended = TEXT.replace("replace", "append")
                .replace("\"rowsAfter\": 5", "\"rowsAfter\": 14")
                .replace(
                        "\"published\": true, \"rowsOf\": \"the table\", \"rows\": 5",
                        "\"published\": true, \"rowsOf\": \"the table, with others' rows\", \"rows\": 14");

        assertThat(CertificateFigures.check(JSON.readTree(appended)))
                .extracting(CertificateFinding::verdict)
                .containsExactly(CertificateFinding.Verdict.HOLDS);
    }

    @Test
    void isTheSameAsItsCopyHoweverThatIsWritten() throws Exception {
        CertificateFinding finding = CertificateCopies.check(
                "the ledger",
                JSON.readTree(TEXT),
                Optional.of(JSON.readTree(TEXT).toPrettyString()));

        assertThat(finding).isEqualTo(CertificateFinding.holds("certificate", "the ledger has the same"));
    }

    @Test
    void tellsWhereItsCopySaysOtherwise() throws Exception {
        ObjectNode forged = (ObjectNode) JSON.readTree(TEXT);
        forged.withObject("/rows").put("source", 6).remove("copied");
        ((ObjectNode) forged.at("/files/parts/1")).put("rows", 3);

        CertificateFinding finding = CertificateCopies.check("the ledger", forged, Optional.of(TEXT));

        assertThat(finding.verdict()).isEqualTo(CertificateFinding.Verdict.DIFFERS);
        assertThat(finding.message())
                .isEqualTo(
                        "the ledger has another: files.parts[1].rows is 2 there, 3 here; rows.copied is 5 there, absent"
                                + " here; rows.source is 5 there, 6 here");
    }

    @Test
    void isUncheckedWithoutACopyAndOtherIfThatIsNoJson() throws Exception {
        assertThat(CertificateCopies.check("the ledger", JSON.readTree(TEXT), Optional.empty()))
                .isEqualTo(CertificateFinding.unchecked("certificate", "the ledger has no certificate of run r"));
        assertThat(CertificateCopies.check("s3://b/k", JSON.readTree(TEXT), Optional.of("{"))
                        .message())
                .startsWith("s3://b/k has one that is no JSON");
    }

    @Test
    void isAsWeightyAsItsWeightiestFinding() throws Exception {
        List<CertificateFinding> findings = List.of(
                CertificateFinding.holds("files", "is there"),
                CertificateFinding.unchecked("values", "no digest"),
                CertificateFinding.superseded("target", "later", "superseded by run later"));

        CertificateReport superseded = new CertificateReport(JSON.readTree(TEXT), findings);
        CertificateReport differs = new CertificateReport(
                JSON.readTree(TEXT), List.of(findings.get(2), CertificateFinding.differs("files", "is missing")));

        assertThat(superseded.exitCode()).isZero();
        assertThat(superseded.json())
                .hasToString(
                        "{\"run\":\"r\",\"pipeline\":\"\",\"verdict\":\"superseded\",\"supersededBy\":\"later\","
                                + "\"checks\":[{\"verdict\":\"holds\",\"point\":\"files\",\"message\":\"is there\"},"
                                + "{\"verdict\":\"unchecked\",\"point\":\"values\",\"message\":\"no digest\"},"
                                + "{\"verdict\":\"superseded\",\"point\":\"target\",\"message\":\"superseded by run later\"}]}");
        assertThat(differs.exitCode()).isEqualTo(7);
        assertThat(differs.text()).endsWith("Certificate of run r: differs (rows superseded by run later)");
    }
}
