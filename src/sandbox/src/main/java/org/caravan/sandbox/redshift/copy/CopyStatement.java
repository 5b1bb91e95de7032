package org.caravan.sandbox.redshift.copy;

import java.util.List;
import org.caravan.sandbox.redshift.syntax.TableName;

/**
 * A COPY that the grammar accepts.
 *
 * @param columns the column list, empty if there is none
 * @param roles the chain of roles to read by; empty stands for the cluster's default role
 * @param manifest whether {@code from} is a manifest, not a key prefix
 */
public record CopyStatement(
        TableName table,
        List<String> columns,
        S3Location from,
        List<String> roles,
        DataFormat format,
        boolean manifest) {
    public CopyStatement {
        columns = List.copyOf(columns);
        roles = List.copyOf(roles);
    }
}
