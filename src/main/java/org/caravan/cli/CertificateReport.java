package org.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.caravan.ledger.Category;

/** What was found of a certificate, for a person or a program; immutable. */
record CertificateReport(JsonNode certificate, List<CertificateFinding> findings) {
    private static final List<CertificateFinding.Verdict> BY_WEIGHT = List.of(
            CertificateFinding.Verdict.DIFFERS,
            CertificateFinding.Verdict.FAILED,
            CertificateFinding.Verdict.SUPERSEDED);

    CertificateReport {
        findings = List.copyOf(findings);
    }

    /** The weightiest of what was found; what is unchecked or cleaned by right weighs nothing. */
    CertificateFinding.Verdict verdict() {
        return BY_WEIGHT.stream()
                .filter(verdict -> findings.stream().anyMatch(finding -> finding.verdict() == verdict))
                .findFirst()
                .orElse(CertificateFinding.Verdict.HOLDS);
    }

    private Optional<String> successor() {
        return findings.stream()
                .flatMap(finding -> finding.successor().stream())
                .findFirst();
    }

    int exitCode() {
        if (verdict() == CertificateFinding.Verdict.DIFFERS) {
            return Category.VERIFY.exitCode();
        }
        return findings.stream()
                .flatMap(finding -> finding.category().stream())
                .findFirst()
                .map(Category::exitCode)
                .orElse(ExitCode.DONE);
    }

    ObjectNode json() {
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("run", certificate.path("run").asText())
                .put("pipeline", certificate.path("pipeline").asText())
                .put("verdict", verdict().label());
        successor().ifPresent(run -> report.put("supersededBy", run));
        ArrayNode checks = report.putArray("checks");
        findings.forEach(finding -> checks.addObject()
                .put("verdict", finding.verdict().label())
                .put("point", finding.point())
                .put("message", finding.message()));
        return report;
    }

    /** A line for each finding, and the verdict. */
    String text() {
        return findings.stream()
                        .map(finding -> String.format(
                                Locale.ROOT,
                                "%-10s  %-11s  %s%n",
                                finding.verdict().label(),
                                finding.point(),
                                finding.message()))
                        .collect(Collectors.joining())
                + "Certificate of run " + certificate.path("run").asText() + ": "
                + verdict().label()
                + successor()
                        .map(run -> " (rows superseded by run " + run + ")")
                        .orElse("");
    }
}
