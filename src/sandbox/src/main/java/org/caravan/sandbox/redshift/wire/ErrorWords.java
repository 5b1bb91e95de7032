package org.caravan.sandbox.redshift.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** PostgreSQL's errors in the words of Redshift. */
final class ErrorWords {
    /** Undefined function or operator, and undefined object, which a type is. */
    private static final Set<String> UNKNOWN_NAMES = Set.of("42883", "42704");

    private static final Pattern SCHEMAS = Pattern.compile("\\b(pg_catalog|redshift_pg|redshift)\\.");
    private static final Pattern UNKNOWN_TYPE = Pattern.compile("\\bunknown\\b");

    private ErrorWords() {}

    static byte[] translate(byte[] body) {
        Map<Character, String> fields = new LinkedHashMap<>(SqlError.fields(body));
        // The position counts in a rewritten statement that the client has never seen.
        List.of('P', 'p', 'q', 'W', 'F', 'L', 'R').forEach(fields::remove);
        if ("21000".equals(fields.get('C'))
                && fields.getOrDefault('M', "").startsWith("MERGE command cannot affect row")) {
            // https://docs.aws.amazon.com/redshift/latest/dg/r_MERGE.html, usage notes
            fields.put('M', "Found multiple matches to update the same tuple.");
            fields.remove('H');
        }
        if ("25006".equals(fields.get('C'))) {
            // As of PostgreSQL 8.0, on which Redshift is based.
            fields.put('M', "transaction is read-only");
        }
        if ("57014".equals(fields.get('C')) && fields.getOrDefault('M', "").endsWith("due to user request")) {
            fields.put('M', "Query cancelled on user's request");
        }
        if ("22003".equals(fields.get('C')) && fields.getOrDefault('M', "").equals("numeric field overflow")) {
            // https://docs.aws.amazon.com/redshift/latest/dg/r_numeric_computations201.html
            fields.put('M', "Numeric data overflow (result precision)");
            fields.put('C', SqlError.INTERNAL);
        }
        if (UNKNOWN_NAMES.contains(fields.getOrDefault('C', ""))) {
            fields.computeIfPresent('M', (key, message) -> named(message));
            fields.computeIfPresent('H', (key, hint) -> hint.replace("You might need", "You may need"));
        }
        return SqlError.body(fields);
    }

    /** Without the schemas that only the stand-in knows, and the type of literals in quotes, as PostgreSQL 8.0 writes it. */
    private static String named(String message) {
        return UNKNOWN_TYPE.matcher(SCHEMAS.matcher(message).replaceAll("")).replaceAll("\"unknown\"");
    }
}
