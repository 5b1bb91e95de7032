package org.caravan.schema;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What whoever stores or loads a file has to know of it; immutable.
 *
 * @param name the format's name, such as {@code csv}
 * @param suffix the end of the file's name, such as {@code .csv.gz}
 * @param contentType its media type
 * @param copyOptions the options of Redshift's COPY for it, in the order that the guide shows; where {@link #JSON_PATHS} stands
 *     in them, between quotes, the location of the JSONPaths file is to be put
 * @param jsonPaths the text of the JSONPaths file that COPY needs, if it needs one; to be kept away from the data's prefix
 * @param obstacle why COPY cannot load the file, and what to set so that it can; empty if it can
 * @param staged the columns of a table into which COPY loads the file by documented mappings only
 */
public record FileFormat(
        String name,
        String suffix,
        String contentType,
        String copyOptions,
        Optional<String> jsonPaths,
        Optional<String> obstacle,
        Columns staged) {
    /** Stands in {@link #copyOptions} for the location of the JSONPaths file. */
    public static final String JSON_PATHS = "{jsonpaths}";

    public FileFormat {
        requireNonNull(name, "name");
        requireNonNull(suffix, "suffix");
        requireNonNull(contentType, "contentType");
        requireNonNull(copyOptions, "copyOptions");
        requireNonNull(jsonPaths, "jsonPaths");
        requireNonNull(obstacle, "obstacle");
        requireNonNull(staged, "staged");
    }

    /** A format that COPY loads as it is. */
    public static FileFormat loadable(
            String name, String suffix, String contentType, String copyOptions, Columns staged) {
        return new FileFormat(name, suffix, contentType, copyOptions, Optional.empty(), Optional.empty(), staged);
    }
}
