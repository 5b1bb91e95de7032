package org.caravan.sandbox.redshift.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Compares a file's columns with the table's, by position and with exact types. The mapping is that of
 * https://docs.aws.amazon.com/redshift/latest/dg/copy-usage_notes-copy-from-columnar.html and of field reports, named where they
 * are used; what is in neither is refused.
 *
 * @param fillRecord whether columns may be missing at the end
 * @param serializeToJson whether SUPER columns take any field as JSON
 */
record ParquetColumns(ParquetSource source, List<TargetColumn> table, boolean fillRecord, boolean serializeToJson) {
    /**
     * A column of the table and what fills it.
     *
     * @param field empty if the file has no such column
     */
    record Match(TargetColumn column, Optional<Type> field) {
        boolean isDocument() {
            return SuperField.is(column);
        }
    }

    /** The table's columns in their order. */
    List<Match> match(MessageType schema) throws CopyFailure.Thrown {
        int found = schema.getFieldCount();
        if (found > table.size() || found < table.size() && !fillRecord) {
            throw source.failure(
                    ParquetSource.MISMATCH,
                    "Unmatched number of columns between table and file. Table columns: " + table.size()
                            + ", Data columns: " + found + ", File name: " + source.https());
        }
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            if (i >= found) {
                matches.add(new Match(table.get(i), Optional.empty()));
                continue;
            }
            Type field = schema.getType(i);
            TargetColumn column = table.get(i);
            boolean fits = SuperField.is(column)
                    ? serializeToJson && ParquetJson.accepts(field)
                    : field.isPrimitive()
                            && !field.isRepetition(Type.Repetition.REPEATED)
                            && ParquetTypes.fits(field.asPrimitiveType(), column);
            if (!fits) {
                throw incompatible(schema, field, column);
            }
            if (column.type().equals("numeric")) {
                checkLength(field.asPrimitiveType(), column);
            }
            matches.add(new Match(column, Optional.of(field)));
        }
        return matches;
    }

    /** field: "column 'num' has an invalid type length. Expecting: 8 len in file: 13" */
    private void checkLength(PrimitiveType field, TargetColumn column) throws CopyFailure.Thrown {
        int found = ParquetTypes.decimalBytes(field);
        if (!ParquetTypes.decimalFits(field, column.length())) {
            throw source.failure(
                    ParquetSource.BAD_FILE,
                    "column '" + field.getName() + "' has an invalid type length. Expecting: "
                            + ParquetTypes.expectedBytes(column.length()) + " len in file: " + found);
        }
    }

    private CopyFailure.Thrown incompatible(MessageType schema, Type field, TargetColumn column) {
        int definition = schema.getMaxDefinitionLevel(field.getName());
        int repetition = schema.getMaxRepetitionLevel(field.getName());
        return source.failure(
                ParquetSource.MISMATCH,
                "File '" + source.https() + "' has an incompatible Parquet schema for column '" + source.file() + "."
                        + column.name() + "'. Column type: " + column.spectrumType() + ", Parquet schema:\n"
                        + field.toString().strip() + " [i:" + schema.getFieldIndex(field.getName()) + " d:" + definition
                        + " r:" + repetition + "]");
    }
}
