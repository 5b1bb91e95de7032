package org.caravan.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.databricks.FederatedTypes;
import org.caravan.format.CsvDataFormat;
import org.caravan.format.RowsDataFormat;
import org.caravan.redshift.RedshiftTypes;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;
import org.caravan.schema.SourceColumn;
import org.caravan.schema.Storage;

/** What becomes of a column from the source to Databricks, and whether any of it may change on the way. Stateless. */
final class Lossiness {
    private Lossiness() {}

    /** @param index the column's place in the result */
    static Plan.PlannedColumn of(
            SourceColumn source, RowsDataFormat format, FileFormat file, int index, boolean loads) {
        Column column = source.column();
        Column staged = file.staged().get(index);
        return new Plan.PlannedColumn(
                column.name(),
                source.type(),
                format.fileType(column),
                loads ? Optional.of(RedshiftTypes.of(staged)) : Optional.empty(),
                loads ? Optional.of(RedshiftTypes.of(column)) : Optional.empty(),
                loads ? Optional.of(FederatedTypes.of(column.type())) : Optional.empty(),
                changes(source, format),
                notes(source, staged, loads));
    }

    private static List<String> changes(SourceColumn source, RowsDataFormat format) {
        List<String> changes = new ArrayList<>();
        Column column = source.column();
        source.loss().ifPresent(changes::add);
        if (column.type() instanceof ColumnType.Text
                && format instanceof CsvDataFormat csv
                && csv.getNullText().isEmpty()) {
            changes.add("NULL and '' differ by quotes alone (nullText is empty), which not every reader of CSV minds");
        }
        return changes;
    }

    private static boolean isPadded(String type) {
        return type.matches("(?i)(bpchar|char|character|nchar)\\b(?! varying).*");
    }

    private static List<String> notes(SourceColumn source, Column staged, boolean loads) {
        List<String> notes = new ArrayList<>();
        Column column = source.column();
        source.note().ifPresent(notes::add);
        if (!source.name().equals(column.name())) {
            notes.add(
                    Columns.fold(source.name()).equals(column.name())
                            ? "the name is in lower case from here on, as Redshift folds names"
                            : "the name is another one from here on, as the route says");
        }
        if (column.type() instanceof ColumnType.Text && isPadded(source.type())) {
            notes.add("char(n) is padded with blanks, which belong to the text from here on");
        }
        if (loads && staged.storage() != Storage.AS_IS) {
            notes.add(
                    switch (staged.storage()) {
                        case UTC -> "staged as date and time in UTC, since COPY maps nothing to TIMESTAMPTZ";
                        case HEX ->
                            "staged as hexadecimal digits, since COPY from this format does not keep every value in VARBYTE";
                        case NUMBER_TEXT ->
                            "staged as text, since COPY documents no NaN and no infinities for this format";
                        case JSON_TEXT -> "staged as JSON text, since COPY would load it into SUPER as one string";
                        case AS_IS -> throw new IllegalStateException("as it is");
                    });
        }
        if (loads && column.type() instanceof ColumnType.Timestamp time && time.zone() == ColumnType.Zone.LOCAL) {
            notes.add(
                    "Databricks shows a time without zone as TIMESTAMP, which is the same time in a session in UTC; with"
                            + " infer_timestamp_ntz_type on the connection it is TIMESTAMP_NTZ");
        }
        return notes;
    }
}
