package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which class a name stands for, in an application that has Camel's own {@code camel-avro} as well. */
class DataFormatNamesTest {
    @ParameterizedTest
    @CsvSource({
        "parquet, org.caravan.format.ParquetDataFormat",
        "avro, org.caravan.format.AvroDataFormat",
        "csv, org.caravan.format.CsvDataFormat",
        "jsonl, org.caravan.format.JsonLinesDataFormat"
    })
    void standForCaravansFormatsIfItsClassesComeFirst(String name, String type) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThat(context.resolveDataFormat(name).getClass().getName()).isEqualTo(type);
        }
        assertThat(Class.forName("org.apache.camel.dataformat.avro.AvroDataFormat"))
                .isNotNull();
    }
}
