package org.caravan.redshift;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Redshift noted of a failed COPY, looked up by this session's own query id, after the rollback. Serverless has the SYS views
 * only, so these are asked first.
 */
final class LoadErrors {
    private static final Logger LOG = LoggerFactory.getLogger(LoadErrors.class);

    private static final String SYS =
            "SELECT TRIM(file_name), line_number, TRIM(column_name), error_code, TRIM(error_message)"
                    + " FROM sys_load_error_detail WHERE query_id = pg_last_copy_id() ORDER BY line_number LIMIT 1";
    private static final String STL = "SELECT TRIM(filename), line_number, TRIM(colname), err_code, TRIM(err_reason)"
            + " FROM stl_load_errors WHERE query = pg_last_copy_id() ORDER BY line_number LIMIT 1";

    private LoadErrors() {}

    static Optional<String> ofLastCopy(Session session) {
        for (String sql : new String[] {SYS, STL}) {
            try (Statement statement = session.connection().createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                if (rows.next()) {
                    return Optional.of("Redshift's load error " + rows.getString(4) + ": " + rows.getString(5)
                            + " (file " + rows.getString(1) + ", line " + rows.getString(2) + ", column "
                            + rows.getString(3) + ").");
                }
            } catch (SQLException e) {
                LOG.debug("Load errors cannot be read", e);
                rollbackQuietly(session);
            }
        }
        return Optional.empty();
    }

    private static void rollbackQuietly(Session session) {
        try {
            session.rollback();
        } catch (SQLException e) {
            LOG.debug("Rolling back failed", e);
        }
    }
}
