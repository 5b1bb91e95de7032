package org.caravan.sandbox.redshift;

import java.util.List;

/**
 * A COPY that the grammar accepts.
 *
 * @param columns the column list, empty if there is none
 * @param roles the chain of roles to read by; empty stands for the cluster's default role
 * @param manifest whether {@code from} is a manifest, not a key prefix
 */
record CopyStatement(
        TableName table,
        List<String> columns,
        S3Location from,
        List<String> roles,
        DataFormat format,
        boolean manifest) {
    CopyStatement {
        columns = List.copyOf(columns);
        roles = List.copyOf(roles);
    }
}
