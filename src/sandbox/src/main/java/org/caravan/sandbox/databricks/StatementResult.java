package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.databricks.StatementRequest.Disposition;
import org.caravan.sandbox.databricks.StatementRequest.Format;

/**
 * The rows of a statement that succeeded, in the form that was asked for: inline as one chunk, or as files behind links. Immutable.
 */
final class StatementResult {
    /** A part of the rows: inline, or as a file. */
    private record Chunk(long offset, int rows, Optional<ObjectNode> inline, byte[] file) {}

    private final ObjectNode manifest;
    private final List<Chunk> chunks;

    private StatementResult(ObjectNode manifest, List<Chunk> chunks) {
        this.manifest = manifest;
        this.chunks = List.copyOf(chunks);
    }

    /** @throws Refused when the rows are too many to be given inline, as asked */
    static StatementResult of(Collected rows, StatementRequest request) {
        boolean fits = rows.bytes() <= InlineLimit.BYTES;
        if (request.disposition() == Disposition.INLINE && !fits) {
            throw InlineLimit.exceeded();
        }
        boolean linked = request.disposition() == Disposition.EXTERNAL_LINKS
                || request.disposition() == Disposition.INLINE_OR_EXTERNAL_LINKS && !fits;
        List<Chunk> chunks = linked ? files(rows, request.format()) : List.of(inline(rows, request.format()));
        return new StatementResult(describe(rows, request.format(), chunks), chunks);
    }

    /** The columns, and how many rows and chunks there are. */
    ObjectNode manifest() {
        return manifest;
    }

    /** A part of the rows as the API gives it, or nothing when there is none of this index. */
    Optional<ObjectNode> chunk(String statement, int index, ResultLinks links) {
        if (index >= chunks.size()) {
            return Optional.empty();
        }
        Chunk chunk = chunks.get(index);
        return Optional.of(chunk.inline().orElseGet(() -> linked(statement, index, chunk, links)));
    }

    /** The file behind a link. */
    Optional<byte[]> file(int index) {
        return index < chunks.size() && chunks.get(index).inline().isEmpty()
                ? Optional.of(chunks.get(index).file())
                : Optional.empty();
    }

    private ObjectNode linked(String statement, int index, Chunk chunk, ResultLinks links) {
        ResultLinks.Link link = links.to(statement, index);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode external = node.putArray("external_links").addObject();
        external.put("chunk_index", index)
                .put("row_offset", chunk.offset())
                .put("row_count", chunk.rows())
                .put("byte_count", chunk.file().length)
                .put("external_link", link.url())
                .put("expiration", link.expiration().toString());
        if (index + 1 < chunks.size()) {
            external.put("next_chunk_index", index + 1)
                    .put(
                            "next_chunk_internal_link",
                            "/api/2.0/sql/statements/" + statement + "/result/chunks/" + (index + 1));
        }
        return node;
    }

    private static Chunk inline(Collected rows, Format format) {
        int count = rows.rows().length;
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("chunk_index", 0).put("row_offset", 0).put("row_count", count);
        if (format == Format.JSON_ARRAY) {
            node.set("data_array", ResultJson.render(rows));
        } else {
            byte[] stream = ResultArrow.render(rows);
            node.put("attachment", stream).put("byte_count", stream.length);
        }
        return new Chunk(0, count, Optional.of(node), new byte[0]);
    }

    private static List<Chunk> files(Collected rows, Format format) {
        List<Chunk> chunks = new ArrayList<>();
        long offset = 0;
        for (Collected part : rows.parts()) {
            byte[] file = format == Format.JSON_ARRAY
                    ? ResultJson.render(part).toString().getBytes(StandardCharsets.UTF_8)
                    : ResultArrow.render(part);
            chunks.add(new Chunk(offset, part.rows().length, Optional.empty(), file));
            offset += part.rows().length;
        }
        return chunks;
    }

    private static ObjectNode describe(Collected rows, Format format, List<Chunk> chunks) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("format", format.name());
        node.set("schema", ResultSchema.of(rows.schema()));
        node.put("total_chunk_count", chunks.size());
        node.put("total_row_count", rows.rows().length);
        node.put("total_byte_count", rows.bytes());
        node.put("truncated", rows.truncated());
        node.put("result_compression", "NONE");
        ArrayNode parts = node.putArray("chunks");
        for (int index = 0; index < chunks.size(); index++) {
            parts.addObject()
                    .put("chunk_index", index)
                    .put("row_offset", chunks.get(index).offset())
                    .put("row_count", chunks.get(index).rows());
        }
        return node;
    }
}
