package org.caravan.verify.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.junit.jupiter.api.Test;

/** What {@code docs/reference/digest.md} publishes is what the product does. */
class DigestPageTest {
    private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    @Test
    void publishesTestVectorsThatHold() throws IOException {
        List<Vectors.Vector> vectors = Vectors.all();

        assertThat(vectors).hasSizeGreaterThan(60);
        for (Vectors.Vector vector : vectors) {
            Cells table = new Cells(Cells.named(List.of(vector.type())), List.of(List.of(vector.value())));
            assertThat(table.digest()).as("%s", vector).isEqualTo(vector.digest());
            assertThat(Reference.digest(table)).isEqualTo(vector.digest());
            assertThat(residues(vector)).as("%s", vector).isEqualTo(vector.residues());
        }
    }

    @Test
    void publishesAVectorForEveryType() throws IOException {
        List<Class<?>> types = new ArrayList<>();
        Vectors.all().forEach(vector -> types.add(vector.type().getClass()));

        assertThat(types).contains(ColumnType.class.getPermittedSubclasses());
    }

    @Test
    void publishesTheStatements() throws IOException {
        Columns columns = new Columns(List.of(
                new Column("id", new ColumnType.Int(8), false),
                new Column("amount", new ColumnType.Decimal(12, 2), true),
                new Column("name", new ColumnType.Text(100), true)));

        assertThat(published())
                .containsExactly(
                        squeezed(DigestSql.redshift()
                                .statements("/* run 7 */ ", "\"staging\".\"orders\"", columns)
                                .get(0)),
                        squeezed(DigestSql.spark()
                                .statements("/* run 7 */ ", "`redshift`.`staging`.`orders`", columns)
                                .get(0)));
    }

    private static List<String> published() throws IOException {
        List<String> statements = new ArrayList<>();
        Matcher block = SQL.matcher(Files.readString(Vectors.PAGE));
        while (block.find()) {
            statements.add(squeezed(block.group(1)));
        }
        return statements;
    }

    private static String squeezed(String sql) {
        return sql.replaceAll("\\s+", "");
    }

    private static String residues(Vectors.Vector vector) {
        SortedMap<Integer, BigInteger> a = Reference.residues("A", vector.type(), vector.value());
        SortedMap<Integer, BigInteger> b = Reference.residues("B", vector.type(), vector.value());
        SortedMap<Integer, String> texts = new TreeMap<>();
        a.forEach((slot, residue) ->
                texts.put(slot, slot + ": " + residue + (residue.equals(b.get(slot)) ? "" : " and " + b.get(slot))));
        return texts.isEmpty() ? "none" : String.join(", ", texts.values());
    }
}
