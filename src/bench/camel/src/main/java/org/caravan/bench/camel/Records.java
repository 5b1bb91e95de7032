package org.caravan.bench.camel;

import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;

/** The records that camel-parquet-avro asks for, of the maps that camel-sql gives. */
final class Records {
    private static final int PRECISION = 15;

    static {
        // The model that camel-parquet-avro writes generic records with.
        GenericData.get().addLogicalTypeConversion(new Conversions.DecimalConversion());
        GenericData.get().addLogicalTypeConversion(new TimeConversions.DateConversion());
    }

    List<GenericData.Record> of(Object rows) {
        List<GenericData.Record> records = new ArrayList<>();
        Schema schema = null;
        for (Object row : (List<?>) rows) {
            Map<?, ?> values = (Map<?, ?>) row;
            if (schema == null) {
                schema = schema(values);
            }
            GenericData.Record made = new GenericData.Record(schema);
            for (Schema.Field field : schema.getFields()) {
                Object value = values.get(field.name());
                made.put(field.pos(), value instanceof Date date ? date.toLocalDate() : value);
            }
            records.add(made);
        }
        return records;
    }

    private static Schema schema(Map<?, ?> row) {
        SchemaBuilder.FieldAssembler<Schema> fields =
                SchemaBuilder.record("row").fields();
        row.forEach((name, value) -> fields.name(name.toString())
                .type(Schema.createUnion(type(value), Schema.create(Schema.Type.NULL)))
                .noDefault());
        return fields.endRecord();
    }

    private static Schema type(Object value) {
        if (value instanceof Integer) {
            return Schema.create(Schema.Type.INT);
        }
        if (value instanceof Long) {
            return Schema.create(Schema.Type.LONG);
        }
        if (value instanceof BigDecimal decimal) {
            return LogicalTypes.decimal(PRECISION, decimal.scale()).addToSchema(Schema.create(Schema.Type.BYTES));
        }
        if (value instanceof Date) {
            return LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
        }
        return Schema.create(Schema.Type.STRING);
    }
}
