package org.caravan.sandbox.redshift.copy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads files of JSON objects or arrays, one after the other with nothing but white space between them. */
final class JsonLoader implements FileLoader {
    private static final int FLUSH = 1 << 16;
    private static final ObjectReader READER = JsonMapper.builder(SuperField.JSON)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build()
            .readerFor(JsonNode.class)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final S3Objects s3;
    private final CopyOptions options;
    private final FieldPaths paths;
    private final Map<String, Integer> byName;
    private final List<TargetColumn> columns;
    private final RowWriter writer;
    private final Fields row;

    JsonLoader(S3Objects s3, CopyStatement statement, CopyTarget target, RowErrors errors) throws CopyFailure.Thrown {
        this.s3 = s3;
        this.options = statement.options();
        this.columns = target.columns();
        this.writer = new RowWriter(target, options, Optional.empty(), errors);
        DataFormat.FieldMapping mapping = ((DataFormat.Json) statement.format()).mapping();
        if (mapping instanceof DataFormat.FieldMapping.NoShred
                && (columns.size() != 1 || !SuperField.is(columns.get(0)))) {
            throw CopyFailure.of(
                            "COPY with JSON 'noshred' needs a table or column list of exactly one SUPER column",
                            8001,
                            "")
                    .thrown();
        }
        this.paths = FieldPaths.of(mapping, writer.names(), s3);
        this.byName = paths.byName() ? paths.columnsByName() : Map.of();
        this.row = new Fields(writer.size());
    }

    @Override
    public long load(S3Objects.Found file, RowBuffer out, Sink sink) throws IOException, CopyFailure.Thrown {
        writer.file(file.file());
        long rows = 0;
        try (FileInput input = FileInput.open(s3, file.file(), options)) {
            JsonDocuments documents = new JsonDocuments(new RowBytes(input), options.ignoreHeader());
            while (documents.next(row)) {
                rows += document(documents.problem(), out) ? 1 : 0;
                if (out.size() >= FLUSH && !sink.accept(out)) {
                    return rows;
                }
            }
        }
        return rows;
    }

    private boolean document(Optional<BadValue> problem, RowBuffer out) throws IOException, CopyFailure.Thrown {
        if (problem.isPresent()) {
            writer.reject(row, problem.get());
            return false;
        }
        JsonNode document;
        try {
            document = READER.readValue(
                    new JsonNumbers(READER.createParser(row.raw, row.rawFrom, row.rawTo - row.rawFrom)));
        } catch (JsonProcessingException e) {
            writer.reject(row, new BadValue(BadValue.INVALID_LINE, "Invalid JSON: " + e.getOriginalMessage()));
            return false;
        }
        row.clear();
        row.count = columns.size();
        if (!paths.byName()) {
            for (int i = 0; i < columns.size(); i++) {
                set(i, find(document, paths.paths().get(i)));
            }
        } else if (document.isObject()) {
            document.properties().forEach(field -> {
                Integer index = byName.get(paths.folded(field.getKey()));
                if (index != null) {
                    set(index, field.getValue());
                }
            });
        } else {
            writer.reject(
                    row, new BadValue(BadValue.INVALID_LINE, "Invalid JSON: 'auto' needs an object, not an array"));
            return false;
        }
        return writer.write(row, false, out);
    }

    private static JsonNode find(JsonNode document, List<FieldPaths.Step> path) {
        JsonNode found = document;
        for (FieldPaths.Step step : path) {
            found = step.name().isPresent() ? found.path(step.name().get()) : found.path(step.index());
        }
        return found;
    }

    private void set(int index, JsonNode value) {
        boolean json = SuperField.is(columns.get(index)) || value.isContainerNode();
        if (value.isMissingNode() || value.isNull()) {
            row.source[index] = null;
        } else {
            byte[] text = (json ? value.toString() : value.asText()).getBytes(StandardCharsets.UTF_8);
            row.set(index, text, text.length);
        }
    }
}
