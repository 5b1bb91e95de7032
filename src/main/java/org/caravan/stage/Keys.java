package org.caravan.stage;

import java.util.Locale;
import java.util.regex.Pattern;
import org.caravan.ledger.Run;

/**
 * The S3 keys of a run: {@code prefix/pipeline/run/part-00001.parquet}. They sort, and hold no character that Camel or a shell
 * would expand: camel-aws2-s3 before 4.18.5 evaluates the key header as a Simple expression (CVE-2026-95664). No segment starts
 * with {@code _} or {@code .}, which Redshift Spectrum hides.
 */
record Keys(String folder) {
    static final String MANIFEST = "manifest.json";
    static final String JSON_PATHS = "jsonpaths.json";

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");

    static Keys of(String prefix, Run run) {
        return new Keys(prefix + "/" + run.pipeline() + "/" + run.id());
    }

    /** The prefix without a slash at its ends. */
    static String checkPrefix(String prefix) {
        String trimmed = prefix.replaceAll("^/+|/+$", "");
        if (!PREFIX.matcher(trimmed).matches()) {
            throw new IllegalArgumentException("Invalid S3 prefix '" + prefix
                    + "': use letters, digits, '.', '_', '-' and '/', and start each segment with a letter or digit");
        }
        return trimmed;
    }

    /** @param suffix the end of the name, such as {@code .csv.gz} */
    String part(int number, String suffix) {
        return String.format(Locale.ROOT, "%s/part-%05d%s", folder, number, suffix);
    }

    String jsonPaths() {
        return folder + "/" + JSON_PATHS;
    }

    String certificate() {
        return folder + "/certificate.json";
    }

    String manifest() {
        return folder + "/" + MANIFEST;
    }
}
