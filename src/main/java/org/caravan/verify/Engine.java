package org.caravan.verify;

import java.math.BigDecimal;
import java.util.Optional;
import org.caravan.ledger.Point;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Storage;
import org.caravan.verify.digest.DigestSql;
import org.caravan.verify.digest.Sample;

/** An engine that measures a table in its own SQL. */
enum Engine {
    /** Amazon Redshift. */
    REDSHIFT(Point.REDSHIFT, '"', "DOUBLE PRECISION", "REAL") {
        @Override
        Optional<String> bytes(String name, Storage storage) {
            String value = storage == Storage.HEX ? "FROM_HEX(" + name + ")" : name;
            return Optional.of("SUM(CAST(OCTET_LENGTH(" + value + ") AS BIGINT))");
        }

        /** By way of DOUBLE PRECISION, since a quotient of two decimals is given more digits after the point than it has room for. */
        @Override
        String quotient(String multiple, int exponent, ColumnType.Decimal type) {
            return "CAST(ROUND(CAST(" + multiple + " AS DOUBLE PRECISION) / CAST('1E" + exponent
                    + "' AS DOUBLE PRECISION)) AS BIGINT)";
        }

        @Override
        String days(String date) {
            return "DATEDIFF(day, DATE '1970-01-01', " + date + ")";
        }

        @Override
        String micros(String timestamp, ColumnType.Zone zone) {
            String utc = zone == ColumnType.Zone.INSTANT ? "(" + timestamp + " AT TIME ZONE 'UTC')" : timestamp;
            return "DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', " + utc + ")";
        }
    },
    /**
     * A Databricks SQL warehouse, through its foreign catalog; its session is in UTC. It is asked only what federation pushes down
     * to Redshift (counts, extremes, sums), since one expression that is not pushed down makes the warehouse fetch every row.
     */
    DATABRICKS(Point.DATABRICKS, '`', "DOUBLE", "FLOAT") {
        @Override
        Optional<String> bytes(String name, Storage storage) {
            return Optional.empty();
        }

        @Override
        String quotient(String multiple, int exponent, ColumnType.Decimal type) {
            return "(" + multiple + " / " + SummarySql.typed(BigDecimal.ONE.scaleByPowerOfTen(exponent), type) + ")";
        }

        @Override
        String days(String date) {
            return "unix_date(" + date + ")";
        }

        @Override
        String micros(String timestamp, ColumnType.Zone zone) {
            return "unix_micros(CAST(" + timestamp + " AS TIMESTAMP))";
        }
    };

    private final Point point;
    private final char quote;
    private final String doubleType;
    private final String realType;

    Engine(Point point, char quote, String doubleType, String realType) {
        this.point = point;
        this.quote = quote;
        this.doubleType = doubleType;
        this.realType = realType;
    }

    Point point() {
        return point;
    }

    String doubleType() {
        return doubleType;
    }

    String realType() {
        return realType;
    }

    /** Who counts the rows. */
    String effortOfCount() {
        return this == REDSHIFT
                ? "Redshift counts the rows and reads no value"
                : "pushed down: Redshift counts the rows and reads no value, and Databricks gets one row";
    }

    /** Who reads the table for counts, extremes and sums. */
    String effortOfSummary() {
        return this == REDSHIFT
                ? "Redshift reads the table once"
                : "pushed down: Redshift reads the table once, and Databricks gets one row";
    }

    /** Who reads the table for a digest, and of which rows it is computed. */
    String effortOfDigest(Sample sample) {
        String what = sample.isAll() ? "the digest: " : "the digest, sampled " + sample + ": ";
        String which = sample.isAll() ? "computes it itself" : "computes it of the chosen rows itself";
        return this == REDSHIFT
                ? what + "Redshift reads the table once"
                        + (sample.isAll() ? "" : ", and computes it of the chosen rows")
                : what + "the Databricks warehouse fetches every row and " + which;
    }

    /** How this engine computes a digest. */
    DigestSql digestSql(Sample sample) {
        return (this == REDSHIFT ? DigestSql.redshift() : DigestSql.spark()).of(sample);
    }

    String quoted(String name) {
        String mark = String.valueOf(quote);
        return mark + name.replace(mark, mark + mark) + mark;
    }

    /**
     * A string literal: both engines read backslashes as escapes, and only Redshift reads a doubled quote as one.
     *
     * @see <a href="https://docs.databricks.com/sql/language-manual/data-types/string-type.html">string literals of Databricks</a>
     */
    String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", this == REDSHIFT ? "''" : "\\'") + "'";
    }

    /** The bytes of all values of a column of text or binary, if this engine is asked for them. */
    abstract Optional<String> bytes(String name, Storage storage);

    /** How often a power of ten above 10<sup>27</sup> goes into a multiple of it, of at most 38 digits: a whole number. */
    abstract String quotient(String multiple, int exponent, ColumnType.Decimal type);

    /** Days since 1970-01-01 as a number, so that no date is rendered. */
    abstract String days(String date);

    /** Microseconds since 1970-01-01T00:00 as a number, so that no time is rendered. */
    abstract String micros(String timestamp, ColumnType.Zone zone);
}
