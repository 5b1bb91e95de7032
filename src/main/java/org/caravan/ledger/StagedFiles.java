package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.schema.Column;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;
import org.caravan.schema.Storage;
import org.caravan.schema.TypeNames;

/**
 * What another process needs to know of a run's files so that it can go on from its manifest; immutable.
 *
 * @param format what the files are; empty if the result is
 * @param jsonPaths the address of the JSONPaths file, if COPY needs one
 * @param expected what was measured of the rows, for whoever measured it
 */
public record StagedFiles(Columns columns, Optional<FileFormat> format, Optional<String> jsonPaths, String expected) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public StagedFiles {
        requireNonNull(columns, "columns");
        requireNonNull(format, "format");
        requireNonNull(jsonPaths, "jsonPaths");
        requireNonNull(expected, "expected");
    }

    /** The form in which the ledger keeps it. */
    public String toJson() {
        ObjectNode json = JSON.createObjectNode();
        json.set("columns", of(columns));
        format.ifPresent(files -> {
            ObjectNode node = json.putObject("format");
            node.put("name", files.name());
            node.put("suffix", files.suffix());
            node.put("contentType", files.contentType());
            node.put("copyOptions", files.copyOptions());
            files.jsonPaths().ifPresent(text -> node.put("jsonPaths", text));
            node.set("staged", of(files.staged()));
        });
        jsonPaths.ifPresent(address -> json.put("jsonPaths", address));
        json.put("expected", expected);
        return json.toString();
    }

    private static ArrayNode of(Columns columns) {
        ArrayNode list = JSON.createArrayNode();
        for (Column column : columns) {
            list.addObject()
                    .put("name", column.name())
                    .put("type", column.type().toString().replace(" bytes", ""))
                    .put("nullable", column.nullable())
                    .put("storage", column.storage().name());
        }
        return list;
    }

    /** Reads what {@link #toJson} wrote. */
    public static StagedFiles ofJson(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            Optional<FileFormat> format = Optional.ofNullable(json.get("format"))
                    .map(node -> new FileFormat(
                            node.path("name").asText(),
                            node.path("suffix").asText(),
                            node.path("contentType").asText(),
                            node.path("copyOptions").asText(),
                            find(node, "jsonPaths"),
                            Optional.empty(),
                            columns(node.path("staged"))));
            return new StagedFiles(
                    columns(json.path("columns")),
                    format,
                    find(json, "jsonPaths"),
                    json.path("expected").asText());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("What the ledger keeps of a run's files is no JSON", e);
        }
    }

    private static Optional<String> find(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::asText);
    }

    private static Columns columns(JsonNode list) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode node : list) {
            columns.add(new Column(
                    node.path("name").asText(),
                    TypeNames.parse(node.path("type").asText()),
                    node.path("nullable").asBoolean(),
                    Storage.valueOf(node.path("storage").asText())));
        }
        return new Columns(columns);
    }
}
