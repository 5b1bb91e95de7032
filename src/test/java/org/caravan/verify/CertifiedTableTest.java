package org.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.caravan.ledger.Planned;
import org.caravan.ledger.Point;
import org.caravan.redshift.RedshiftTypes;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;
import org.caravan.verify.digest.Sample;
import org.junit.jupiter.api.Test;

class CertifiedTableTest {
    private static final List<ColumnType> TYPES = List.of(
            new ColumnType.Bool(),
            new ColumnType.Int(Short.BYTES),
            new ColumnType.Int(Integer.BYTES),
            new ColumnType.Int(Long.BYTES),
            new ColumnType.FloatingPoint(Float.BYTES),
            new ColumnType.FloatingPoint(Double.BYTES),
            new ColumnType.Decimal(38, 10),
            new ColumnType.Text(300),
            new ColumnType.Binary(16),
            new ColumnType.Date(),
            new ColumnType.Timestamp(ColumnType.Zone.LOCAL),
            new ColumnType.Timestamp(ColumnType.Zone.INSTANT),
            new ColumnType.Super());

    @Test
    void asksWhatTheRunAskedOfEveryType() {
        ObjectNode certificate = new ObjectMapper().createObjectNode();
        certificate.putObject("publication").put("target", "public.order.s");
        ArrayNode list = certificate.putArray("columns");
        List<Column> columns = TYPES.stream()
                .map(type -> new Column("c" + TYPES.indexOf(type), type, true))
                .toList();
        columns.forEach(column ->
                list.addObject().put("name", column.name()).putObject("types").put("target", RedshiftTypes.of(column)));

        CertifiedTable table = CertifiedTable.of(certificate, "fed");

        assertThat(table.name()).isEqualTo(new TableName("public", "order.s"));
        for (int sample : List.of(1, 50)) {
            assertThat(table.digest(Point.REDSHIFT, new Sample(sample)))
                    .extracting(Planned::sql)
                    .isEqualTo(new RedshiftDigest().statements("\"public\".\"order.s\"", new Columns(columns), sample));
        }
        assertThat(table.count(Point.DATABRICKS)).contains("`fed`.`public`.`order.s`");
    }

    @Test
    void refusesATypeThatRedshiftHasNot() {
        ObjectNode certificate = new ObjectMapper().createObjectNode();
        certificate.putObject("publication").put("target", "public.t");
        certificate
                .putArray("columns")
                .addObject()
                .put("name", "a")
                .putObject("types")
                .put("target", "MONEY");

        assertThatThrownBy(() -> CertifiedTable.of(certificate, "fed"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("money");
    }
}
