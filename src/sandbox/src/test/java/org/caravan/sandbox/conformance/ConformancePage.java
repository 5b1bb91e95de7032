package org.caravan.sandbox.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One page of the documentation for the tables of one stand-in. */
enum ConformancePage {
    REDSHIFT("Amazon Redshift", 250),
    DATABRICKS("a Databricks SQL warehouse", 60),
    S3("Amazon S3", 40);

    private final String service;
    private final int leastRows;

    ConformancePage(String service, int leastRows) {
        this.service = service;
        this.leastRows = leastRows;
    }

    String standIn() {
        return name().toLowerCase(Locale.ROOT);
    }

    int leastRows() {
        return leastRows;
    }

    String markdown(List<ConformanceRow> rows) {
        StringBuilder page = new StringBuilder();
        page.append("# What the stand-in for ").append(service).append(" accepts and refuses\n\n");
        page.append("Made from `src/sandbox/conformance/")
                .append(standIn())
                .append("/*.csv`; every row is run through the real client. ");
        page.append("`documented`: the vendor says so. `observed`: somebody reported it of the real service. ");
        page.append(
                "`assumed`: our strictest reading, which nobody has seen. Nothing here has run against the real service.\n\n");
        Map<ConformanceRow.Basis, Long> counts = new LinkedHashMap<>();
        for (ConformanceRow.Basis basis : ConformanceRow.Basis.values()) {
            counts.put(basis, rows.stream().filter(row -> row.basis() == basis).count());
        }
        page.append(rows.size()).append(" rows:");
        counts.forEach((basis, count) ->
                page.append(' ').append(count).append(' ').append(word(basis)).append(','));
        page.setLength(page.length() - 1);
        page.append(".\n");
        String file = "";
        for (ConformanceRow row : rows) {
            if (!row.file().equals(file)) {
                file = row.file();
                page.append("\n## ").append(file.replace(".csv", "")).append("\n\n");
                page.append("| row | given | statement | expected | source | basis |\n|---|---|---|---|---|---|\n");
            }
            page.append("| ").append(row.id());
            page.append(" | ").append(code(row.given()));
            page.append(" | ").append(code(row.statement()));
            page.append(" | ").append(code(row.expected().cell()));
            page.append(" | ").append(source(row.source()));
            page.append(" | ").append(word(row.basis())).append(" |\n");
        }
        return page.toString();
    }

    private static String word(ConformanceRow.Basis basis) {
        return basis.name().toLowerCase(Locale.ROOT);
    }

    /** As code in a table's cell: HTML, since Markdown's own has no line breaks and no bars. */
    private static String code(String text) {
        if (text.isEmpty()) {
            return "";
        }
        return "<code>"
                + text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("|", "&#124;")
                        .replace("`", "&#96;")
                        .replace("*", "&#42;")
                        .replace("_", "&#95;")
                        .replace("\\", "&#92;")
                        .replace("\r", "")
                        .replace("\n", "<br>")
                + "</code>";
    }

    private static String source(String source) {
        if (!source.startsWith("https://") || source.contains(" ")) {
            return source.replace("|", "\\|").replace("\n", " ");
        }
        String page = source.substring(source.lastIndexOf('/') + 1);
        return "[" + (page.isEmpty() ? source : page) + "](" + source + ")";
    }
}
