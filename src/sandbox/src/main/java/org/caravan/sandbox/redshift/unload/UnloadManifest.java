package org.caravan.sandbox.redshift.unload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The list of the files of an UNLOAD, which COPY reads:
 * https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD_command_examples.html.
 */
final class UnloadManifest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private UnloadManifest() {}

    /** @param headerLines the lines before the rows of every file, which the counts include */
    static byte[] json(
            UnloadStatement statement, List<ResultColumn> columns, List<OutputFiles.Written> files, long headerLines) {
        boolean verbose = statement.manifest() == UnloadStatement.Manifest.VERBOSE;
        // A COPY of Parquet files needs their lengths, so that such a manifest always has them.
        boolean lengths = verbose || statement.format() instanceof UnloadFormat.Parquet;
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put(
                "entries",
                files.stream()
                        .map(file -> entry(file, lengths, verbose, headerLines))
                        .toList());
        if (verbose) {
            manifest.put(
                    "schema",
                    Map.of(
                            "elements",
                            columns.stream().map(UnloadManifest::element).toList()));
            manifest.put("meta", total(files, headerLines));
            Map<String, Object> author = new LinkedHashMap<>();
            author.put("name", "Amazon Redshift");
            author.put("version", "1.0.0");
            manifest.put("author", author);
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text and numbers are always JSON", e);
        }
    }

    private static Map<String, Object> entry(
            OutputFiles.Written file, boolean lengths, boolean verbose, long headerLines) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("url", file.file().toString());
        if (lengths) {
            Map<String, Object> meta = new LinkedHashMap<>();
            meta.put("content_length", file.bytes());
            if (verbose) {
                meta.put("record_count", file.rows() + headerLines);
            }
            entry.put("meta", meta);
        }
        return entry;
    }

    private static Map<String, Object> element(ResultColumn column) {
        Map<String, Object> element = new LinkedHashMap<>();
        element.put("name", column.name());
        element.put("type", column.manifestType());
        return element;
    }

    private static Map<String, Object> total(List<OutputFiles.Written> files, long headerLines) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put(
                "content_length",
                files.stream().mapToLong(OutputFiles.Written::bytes).sum());
        meta.put(
                "record_count",
                files.stream().mapToLong(file -> file.rows() + headerLines).sum());
        return meta;
    }
}
