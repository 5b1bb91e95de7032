package org.caravan.redshift;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;

/**
 * The COPY of a run: one, over one manifest, with the options of the files' format. Columnar formats take an IAM role only, no REGION and no COMPUPDATE ("COPY from
 * columnar data formats" in the Amazon Redshift developer guide); the bucket must lie in the cluster's region.
 */
record CopyCommand(TableName table, Columns columns, String manifest, String options, String iamRole) {
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+");

    /** What is wrong with an IAM role setting, if anything; {@code default} means the cluster's default role. */
    static Optional<String> problemWithRole(String role) {
        if (role.isBlank()) {
            return Optional.of("redshift.copy.iam-role is not set: COPY reads S3 as an IAM role of the cluster;"
                    + " set its ARN (arn:aws:iam::<account>:role/<name>), or 'default'");
        }
        boolean valid =
                role.equals("default") || Arrays.stream(role.split(",", -1)).allMatch(ROLE.asMatchPredicate());
        return valid
                ? Optional.empty()
                : Optional.of("redshift.copy.iam-role is '" + role
                        + "', which is no role ARN: write arn:aws:iam::<account>:role/<name>, or 'default'");
    }

    String sql() {
        String role = iamRole.equals("default") ? "default" : RedshiftSql.literal(iamRole);
        return "COPY " + RedshiftSql.quoted(table) + " (" + RedshiftSql.columnList(columns) + ") FROM "
                + RedshiftSql.literal(manifest) + " IAM_ROLE " + role + " " + options + " MANIFEST STATUPDATE OFF";
    }
}
