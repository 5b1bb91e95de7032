package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.TypeNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of the types in files of each format. */
class FileTypesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "boolean         | BOOLEAN                       | boolean          | true/false     | true/false",
                "smallint        | INT32                         | int              | number         | number",
                "bigint          | INT64                         | long             | number         | number",
                "decimal(12,2)   | INT64 DECIMAL(12,2)           | string (number)  | number         | number",
                "decimal(38,10)  | FIXED(16) DECIMAL(38,10)      | string (number)  | number         | number",
                "double          | DOUBLE                        | string (number)  | number         | number",
                "text(10)        | BYTE_ARRAY STRING             | string           | text           | string",
                "binary(10)      | BYTE_ARRAY                    | string (hex)     | text (hex)     | string (hex)",
                "date            | INT32 DATE                    | string (date)    | text (date)    | string (date)",
                "timestamp       | INT64 TIMESTAMP(MICROS)       | string (time)    | text (time)    | string (time)",
                "timestamptz     | INT64 TIMESTAMP(MICROS, UTC)  | string (time+00) | text (time+00) | string (time+00)"
            })
    void namesTheTypeOfEachFormat(String type, String parquet, String avro, String csv, String json) {
        Column column = new Column("home town", TypeNames.parse(type), true);

        assertThat(new ParquetDataFormat().fileType(column)).isEqualTo(parquet);
        assertThat(new AvroDataFormat().fileType(column)).isEqualTo(avro);
        assertThat(new CsvDataFormat().fileType(column)).isEqualTo(csv);
        assertThat(new JsonLinesDataFormat().fileType(column)).isEqualTo(json);
    }

    @Test
    void followsTheOptions() {
        AvroDataFormat avro = new AvroDataFormat();
        avro.setLogicalTypes(true);
        JsonLinesDataFormat json = new JsonLinesDataFormat();
        json.setDecimals(JsonLinesOptions.Decimals.TEXT);
        CsvDataFormat csv = new CsvDataFormat();
        csv.setInstants(InstantForm.UTC);
        Column paid = new Column("paid", new ColumnType.Decimal(12, 2), true);
        Column seen = new Column("seen", new ColumnType.Timestamp(ColumnType.Zone.INSTANT), true);

        assertThat(avro.fileType(paid)).isEqualTo("bytes decimal(12,2)");
        assertThat(avro.fileType(seen)).isEqualTo("long timestamp-micros");
        assertThat(json.fileType(paid)).isEqualTo("string (number)");
        assertThat(csv.fileType(seen)).isEqualTo("text (time)");
    }
}
