package org.caravan.redshift;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.ledger.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Redshift noted of a failed COPY, after the rollback: looked up by the session's last COPY or, since a COPY that is rolled back
 * may not count as that, by the session; and by the run's folder, so that it is no other load's. Serverless has the SYS views only,
 * so these are asked first.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/SYS_LOAD_ERROR_DETAIL.html">SYS_LOAD_ERROR_DETAIL</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_STL_LOAD_ERRORS.html">STL_LOAD_ERRORS</a>
 */
final class LoadErrors {
    private static final Logger LOG = LoggerFactory.getLogger(LoadErrors.class);

    private LoadErrors() {}

    /**
     * The first error of a load.
     *
     * @param line the row's line in its file, from 1; 0 if the file as a whole is wrong
     * @param column the column, which may be empty
     * @param value what the field holds; STL_LOAD_ERRORS alone tells it
     */
    record LoadError(
            String file,
            long line,
            String column,
            String type,
            String length,
            String code,
            String reason,
            Optional<String> value) {}

    static Optional<LoadError> of(Session session, Run run) {
        Optional<Map<String, Object>> stl = first(session, stl(run));
        Optional<String> value = stl.map(row -> text(row, "value")).filter(text -> !text.isEmpty());
        return first(session, sys(run)).or(() -> stl).map(row -> error(row, value));
    }

    private static LoadError error(Map<String, Object> row, Optional<String> value) {
        String line = text(row, "line");
        return new LoadError(
                text(row, "file"),
                line.isEmpty() ? 0 : Long.parseLong(line),
                text(row, "name"),
                text(row, "type"),
                text(row, "length"),
                text(row, "code"),
                text(row, "reason"),
                value);
    }

    private static String sys(Run run) {
        return "SELECT file_name AS file, line_number AS line, column_name AS name, column_type AS type,"
                + " column_length AS length, error_code AS code, error_message AS reason FROM sys_load_error_detail"
                + " WHERE (query_id = pg_last_copy_id() OR session_id = pg_backend_pid())" + ofRun("file_name", run)
                + " ORDER BY query_id DESC, line_number LIMIT 1";
    }

    private static String stl(Run run) {
        return "SELECT filename AS file, line_number AS line, colname AS name, type AS type, col_length AS length,"
                + " err_code AS code, err_reason AS reason, raw_field_value AS value FROM stl_load_errors"
                + " WHERE (query = pg_last_copy_id() OR session = pg_backend_pid())" + ofRun("filename", run)
                + " ORDER BY query DESC, line_number LIMIT 1";
    }

    private static String ofRun(String column, Run run) {
        return " AND POSITION(" + RedshiftSql.literal("/" + run.id() + "/") + " IN " + column + ") > 0";
    }

    private static String text(Map<String, Object> row, String column) {
        Object value = row.get(column);
        return value == null ? "" : value.toString().strip();
    }

    private static Optional<Map<String, Object>> first(Session session, String sql) {
        try {
            List<Map<String, Object>> rows = session.rows(sql);
            session.rollback();
            return rows.stream().findFirst();
        } catch (SQLException e) {
            LOG.debug("Load errors cannot be read", e);
            rollbackQuietly(session);
            return Optional.empty();
        }
    }

    private static void rollbackQuietly(Session session) {
        try {
            session.rollback();
        } catch (SQLException e) {
            LOG.debug("Rolling back failed", e);
        }
    }
}
