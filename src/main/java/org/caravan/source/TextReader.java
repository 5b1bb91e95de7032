package org.caravan.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import org.caravan.schema.BytesVector;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Utf8;
import org.caravan.schema.ValueException;
import org.caravan.schema.Vector;

/** Reads text, or what the driver shows as text, by the column's rules for what does not fit. Used by one thread. */
final class TextReader implements ColumnReader {
    private final ReadColumn column;
    private final int index;
    private final ColumnType.Text type;
    private final Alterations alterations;
    private final Utf8 utf8 = new Utf8();

    TextReader(ReadColumn column, int index, ColumnType.Text type, Alterations alterations) {
        this.column = column;
        this.index = index;
        this.type = type;
        this.alterations = alterations;
    }

    @Override
    public void read(ResultSet rows, Vector vector, int row) throws SQLException {
        String value;
        try {
            value = rows.getString(index);
        } catch (SQLException e) {
            String problem = undecodable(rows).orElseThrow(() -> e);
            refuse(problem, column.mend() + ", such as by convert_from(…::bytea, 'LATIN1')", vector, row);
            return;
        }
        if (value == null) {
            vector.setNull(row);
        } else if (value.indexOf('\0') < 0) {
            append(value, vector, row);
        } else {
            appendWithNul(value, vector, row);
        }
    }

    private void appendWithNul(String value, Vector vector, int row) {
        switch (column.override().nul()) {
            case FAIL ->
                throw new ValueException(
                        "holds a NUL character, which Redshift text cannot hold",
                        "Set " + column.setting("nul") + "=remove, replace (by U+FFFD) or null, or change the SQL");
            case REMOVE -> {
                append(value.replace("\0", ""), vector, row);
                alterations.count(column.column().name(), "nul=remove");
            }
            case REPLACE -> {
                append(value.replace('\0', '\uFFFD'), vector, row);
                alterations.count(column.column().name(), "nul=replace");
            }
            case NULL -> {
                vector.setNull(row);
                alterations.count(column.column().name(), "nul=null");
            }
        }
    }

    private void append(String value, Vector vector, int row) {
        Optional<String> problem = utf8.append(value, (BytesVector) vector, row, type);
        if (problem.isEmpty()) {
            return;
        }
        String fitting = Utf8.fitting(value, type.maxBytes());
        boolean isLong = fitting.length() < value.length();
        if (isLong && column.override().onOverflow() == OverflowRule.TRUNCATE) {
            problem = utf8.append(fitting, (BytesVector) vector, row, type);
            if (problem.isEmpty()) {
                alterations.count(column.column().name(), "onOverflow=truncate");
                return;
            }
        }
        String wider = type.maxBytes() < ColumnType.MAX_TEXT_BYTES
                ? column.setting("type") + "=text(n) with n up to " + ColumnType.MAX_TEXT_BYTES + ", or "
                : "";
        refuse(
                problem.get(),
                isLong
                        ? "Set " + wider + column.setting("onOverflow")
                                + "=truncate to cut it or null to make it NULL, or change the SQL"
                        : column.mend(),
                vector,
                row);
    }

    private void refuse(String problem, String mend, Vector vector, int row) {
        if (column.override().onOverflow() != OverflowRule.NULL) {
            throw new ValueException(problem, mend);
        }
        vector.setNull(row);
        alterations.count(column.column().name(), "onOverflow=null");
    }

    /**
     * What is wrong with bytes that the driver cannot decode, as a database in SQL_ASCII may hold; empty if the driver failed for
     * another reason.
     */
    private Optional<String> undecodable(ResultSet rows) {
        byte[] bytes;
        try {
            bytes = rows.getBytes(index);
        } catch (SQLException e) {
            return Optional.empty();
        }
        if (bytes == null) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(in, CharBuffer.allocate(bytes.length), true);
        if (!result.isError()) {
            return Optional.empty();
        }
        String wrong = HexFormat.of().formatHex(bytes, in.position(), in.position() + result.length());
        return Optional.of(
                "is not valid UTF-8: byte " + (in.position() + 1) + " of " + bytes.length + " begins with " + wrong);
    }
}
