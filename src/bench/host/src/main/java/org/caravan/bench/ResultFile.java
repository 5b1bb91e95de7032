package org.caravan.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Every single figure, as JSON. */
final class ResultFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultFile() {}

    static void write(Path file, Report report) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", report.machine().facts());
        List<Object> medians = new ArrayList<>();
        report.rows().forEach((data, rows) -> rows.forEach(row -> medians.add(facts(data, row))));
        all.put("medians", medians);
        all.put("samples", report.samples().stream().map(ResultFile::facts).toList());
        Map<String, String> skipped = new LinkedHashMap<>();
        report.skipped().forEach((contender, why) -> skipped.put(contender.id(), why));
        all.put("skipped", skipped);
        report.fixed().ifPresent(figures -> all.put("fixed", figures.samples()));
        JSON.writeValue(file.toFile(), all);
    }

    static void write(Path file, Map<String, Object> facts) throws IOException {
        JSON.writeValue(file.toFile(), facts);
    }

    private static Map<String, Object> facts(Dataset data, Row row) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("contender", row.contender().id());
        facts.put("title", row.contender().title());
        facts.put("settings", row.contender().settings());
        facts.put("table", data.name());
        facts.put("sql", data.sql());
        facts.put("rows", data.rows());
        put(facts, "wallSeconds", row.wall());
        put(facts, "workSeconds", row.work());
        put(facts, "wallRatio", row.wallRatio());
        put(facts, "workRatio", row.workRatio());
        put(facts, "cpuSeconds", row.cpu());
        put(facts, "peakMegabytes", row.peakMegabytes());
        put(facts, "fileMegabytes", row.fileMegabytes());
        facts.put("rounds", row.rounds());
        facts.put("failed", row.failed());
        return facts;
    }

    private static void put(Map<String, Object> facts, String name, OptionalDouble figure) {
        figure.ifPresent(value -> facts.put(name, value));
    }

    private static Map<String, Object> facts(Sample sample) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("contender", sample.contender());
        facts.put("round", sample.round());
        facts.put("wallSeconds", sample.wall());
        facts.put("workSeconds", sample.work());
        facts.put("cpuSeconds", sample.cpu());
        facts.put("peakBytes", sample.peakBytes());
        facts.put("rows", sample.rows());
        facts.put("fileBytes", sample.bytes());
        sample.problem().ifPresent(problem -> facts.put("problem", problem));
        return facts;
    }
}
