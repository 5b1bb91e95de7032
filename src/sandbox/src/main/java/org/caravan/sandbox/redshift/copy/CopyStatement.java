package org.caravan.sandbox.redshift.copy;

import java.util.List;
import org.caravan.sandbox.redshift.syntax.TableName;

/**
 * A COPY that the grammar accepts.
 *
 * @param columns the column list, empty if there is none
 */
public record CopyStatement(
        TableName table,
        List<String> columns,
        S3Location from,
        Authorization authorization,
        DataFormat format,
        CopyOptions options) {
    public CopyStatement {
        columns = List.copyOf(columns);
    }
}
