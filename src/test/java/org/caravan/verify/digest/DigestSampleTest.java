package org.caravan.verify.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The digest of a sample is the digest of the rows that the specification chooses, and is never taken for that of all. */
class DigestSampleTest {
    private static final ColumnType ID = new ColumnType.Int(8);
    private static final ColumnType NAME = new ColumnType.Text(20);
    private static final Pattern KEY = Pattern.compile("\\| `([a-z]+)` \\| `([^`]+)` \\| (\\d+) \\|");

    @Property(tries = 150)
    void isTheDigestOfTheRowsThatTheReferenceChooses(@ForAll long seed) {
        Random random = new Random(seed);
        Cells table = RandomCells.table(random, 1 + random.nextInt(12), 1 + random.nextInt(60));
        int oneIn = 2 + random.nextInt(20);
        Sample sample = new Sample(oneIn);

        assertThat(table.digest(1 + random.nextInt(9), sample)).isEqualTo(Reference.digest(table, oneIn));
        Columns target = table.columns().stored(type -> Storage.AS_IS);
        assertThat(table.digest(target, sample).rows())
                .isEqualTo(Reference.digest(table, oneIn).rows());
    }

    @Property(tries = 100)
    void isTheSumOfItsParts(@ForAll long seed) {
        Random random = new Random(seed);
        Cells table = RandomCells.table(random, List.of(ID, NAME), 200);
        Sample sample = new Sample(4);
        List<List<Optional<Object>>> shuffled = new ArrayList<>(table.rows());
        Collections.shuffle(shuffled, random);

        Digest parts = table.withRows(shuffled.subList(0, 70))
                .digest(7, sample)
                .plus(table.withRows(shuffled.subList(70, 200)).digest(3, sample));

        assertThat(parts).isEqualTo(table.digest(2048, sample));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "10", "100", "1000"})
    void choosesAboutOneRowInSoMany(int oneIn) {
        Cells table = consecutive(100_000);

        assertThat((double) table.digest(2048, new Sample(oneIn)).rows())
                .isBetween(100_000.0 / oneIn * 0.7, 100_000.0 / oneIn * 1.3);
    }

    @Test
    void choosesNoRowsAtEqualDistances() {
        List<Long> chosen = LongStream.range(0, 2_000)
                .filter(id -> consecutive(id, id + 1).digest(1, new Sample(10)).rows() == 1)
                .boxed()
                .toList();

        assertThat(chosen.stream().map(id -> id % 7).distinct()).hasSize(7);
        assertThat(chosen.stream().map(id -> id % 64).distinct()).hasSizeGreaterThan(55);
    }

    @Test
    void choosesOfALargerSampleWhatASmallerOneHas() {
        for (long id = 0; id < 2_000; id++) {
            Cells row = consecutive(id, id + 1);
            if (row.digest(1, new Sample(50)).rows() == 1) {
                assertThat(row.digest(1, new Sample(20)).rows()).as("%d", id).isEqualTo(1);
            }
        }
    }

    @Test
    void seesWhatChangesInAChosenRowAndNotInAnother() {
        Cells table = consecutive(1_000);
        Sample sample = new Sample(10);
        int seen = 0;
        for (int row = 0; row < 1_000; row++) {
            Digest changed = table.with(row, 1, Optional.of("else")).digest(2048, sample);
            boolean isChosen = table.withRows(table.rows().subList(row, row + 1))
                            .digest(1, sample)
                            .rows()
                    == 1;
            assertThat(changed.equals(table.digest(2048, sample))).isEqualTo(!isChosen);
            seen += isChosen ? 1 : 0;
        }

        assertThat(seen).isBetween(70, 130);
    }

    @Test
    void choosesByTextWhereNoNumberTellsRowsApartAndAllRowsWhereNothingDoes() {
        assertThat(SampleKey.of(Cells.named(List.of(new ColumnType.Int(2), NAME, new ColumnType.Date(), ID))))
                .isEqualTo(new SampleKey(List.of(3), true));
        assertThat(SampleKey.of(Cells.named(List.of(new ColumnType.Int(2), NAME, new ColumnType.Date(), NAME))))
                .isEqualTo(new SampleKey(List.of(1, 3), false));
        assertThat(SampleKey.of(Cells.named(Collections.nCopies(20, ID))).columns())
                .hasSize(8);
        Columns flags = Cells.named(List.of(new ColumnType.Bool(), new ColumnType.FloatingPoint(8)));

        assertThat(new Cells(flags, List.of(Cells.row(BigDecimal.ONE, 1.0), Cells.row(BigDecimal.ZERO, 2.0)))
                        .digest(2, new Sample(1_000)))
                .hasToString(new Cells(flags, List.of(Cells.row(BigDecimal.ONE, 1.0), Cells.row(BigDecimal.ZERO, 2.0)))
                        .digest()
                        .toString()
                        .replace("1:2:", "1:1/1000:2:"));
        assertThat(DigestSql.redshift()
                        .of(new Sample(1_000))
                        .statements("", "t", flags)
                        .get(0))
                .doesNotContain("WHERE");
    }

    @Test
    void asksTheEnginesToChooseBeforeTheyHash() {
        Columns columns = Cells.named(List.of(ID, NAME));

        assertThat(DigestSql.redshift().of(new Sample(100)).statements("", "t", columns))
                .singleElement()
                .asString()
                .containsPattern(
                        "MD5\\(\"c1\"\\) AS v1, RANDOM\\(\\) AS fence FROM t WHERE [^\"]+CAST\\(\"c0\" AS BIGINT\\)")
                .contains(" < " + 2147483647 / 100 + ") v)")
                .satisfies(
                        sql -> assertThat(sql.substring(sql.indexOf("WHERE"))).doesNotContain("MD5"));
        assertThat(DigestSql.spark().of(new Sample(100)).statements("", "t", columns))
                .singleElement()
                .asString()
                .contains(" FROM t WHERE ");
        assertThat(DigestSql.spark().of(Sample.ALL).statements("", "t", columns))
                .isEqualTo(DigestSql.spark().statements("", "t", columns));
    }

    @Test
    void asksEveryStatementOfAWideTableForTheSameRows() {
        List<ColumnType> types = new ArrayList<>(Collections.nCopies(130, new ColumnType.Bool()));
        types.add(ID);
        types.set(0, new ColumnType.Super());

        List<String> statements = DigestSql.redshift().of(new Sample(3)).statements("", "t", Cells.named(types));

        assertThat(statements).hasSize(4).allSatisfy(sql -> assertThat(sql).containsOnlyOnce(" FROM t WHERE "));
        assertThat(statements.stream()
                        .map(sql -> sql.substring(sql.indexOf("WHERE"), sql.indexOf(") v)")))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void saysInItsTextOfWhichRowsItIs() {
        Digest sampled = consecutive(1_000).digest(2048, new Sample(10));

        assertThat(sampled.toString()).matches("1:1/10:\\d{2,3}:[0-9a-f]+:[0-9a-f]+");
        assertThat(Sample.of(sampled.toString())).isEqualTo(new Sample(10));
        assertThat(Digest.rows(sampled.toString())).hasValue(sampled.rows());
        assertThat(Sample.of("1:1000:a:b")).isEqualTo(Sample.ALL);
        assertThat(Digest.rows("1:1000:a:b")).hasValue(1000);
        assertThat(Digest.rows("else")).isEmpty();
        assertThatThrownBy(() -> new Sample(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isNeverTheDigestOfAnotherSample() {
        Columns flags = Cells.named(List.of(new ColumnType.Bool()));
        Cells table = new Cells(flags, List.of(Cells.row(BigDecimal.ONE)));
        Digest all = table.digest();
        Digest sampled = table.digest(1, new Sample(2));

        // Of the same rows, since no column tells them apart.
        assertThat(sampled.groups()).isEqualTo(all.groups());
        assertThat(sampled).isNotEqualTo(all).isNotEqualTo(table.digest(1, new Sample(3)));
        assertThatThrownBy(() -> all.plus(sampled)).hasMessageContaining("samples 1/1 and 1/2");
    }

    @Test
    void readsAnAnswerAsThatOfItsSample() {
        Columns columns = Cells.named(List.of(ID));

        assertThat(DigestAnswers.read(columns, new Sample(7), List.of(Map.of("n", 3, "c0", 1, "ra", 4, "rb", 5))))
                .hasToString("1:1/7:3:4:5");
    }

    @Test
    void publishesKeysThatHold() throws IOException {
        int found = 0;
        for (String line : Files.readAllLines(Vectors.PAGE)) {
            Matcher row = KEY.matcher(line);
            if (!row.matches()) {
                continue;
            }
            ColumnType type = Vectors.type(row.group(1));
            Columns columns = Cells.named(List.of(type));
            Optional<Object> value = Vectors.value(type, row.group(2));
            BigInteger key = new BigInteger(row.group(3));
            assertThat(Reference.key(columns, List.of(value))).as(line).contains(key);
            // The row is in the samples whose bound is above its key, and in no others.
            for (int oneIn : List.of(2, 3, 10, 1000)) {
                assertThat(new Cells(columns, List.of(List.of(value)))
                                .digest(1, new Sample(oneIn))
                                .rows())
                        .as("%s in 1/%d", line, oneIn)
                        .isEqualTo(key.compareTo(BigInteger.valueOf(2147483647 / oneIn)) < 0 ? 1 : 0);
            }
            found++;
        }
        assertThat(found).isGreaterThan(7);
    }

    private static Cells consecutive(int rows) {
        return consecutive(0, rows);
    }

    private static Cells consecutive(long from, long to) {
        return new Cells(
                Cells.named(List.of(ID, NAME)),
                LongStream.range(from, to)
                        .mapToObj(id -> Cells.row(BigDecimal.valueOf(id), "name " + id))
                        .toList());
    }
}
