package org.caravan.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Queries for {@link PostgresCopyIT}: every type of PostgreSQL with its awkward values. */
final class CopyCases {
    private CopyCases() {}

    /** Queries whose values, or whose columns' refusal, are the same by either path. */
    static List<String> values() {
        List<String> all = new ArrayList<>();
        add(all, "boolean", "true", "false");
        add(all, "smallint", "-32768", "32767", "0", "-1");
        add(all, "integer", "-2147483648", "2147483647", "0", "-1");
        add(all, "bigint", "-9223372036854775808", "9223372036854775807", "999999999999999999", "1000000000000000000");
        add(all, "oid", "0", "4294967295");
        add(
                all,
                "real",
                "0",
                "-0",
                "0.1",
                "1e-45",
                "1.17549435e-38",
                "3.4028235e38",
                "-3.4028235e38",
                "16777216",
                "0.3");
        add(all, "real", "NaN");
        add(all, "real", "Infinity", "-Infinity");
        add(all, "double precision", "0", "-0", "0.1", "4.9e-324", "2.2250738585072014e-308", "1.7976931348623157e308");
        add(
                all,
                "double precision",
                "9007199254740993",
                "1e22",
                "1e23",
                "123456789012345678",
                "-1e-22",
                "0.30000000000000004");
        add(all, "double precision", "NaN");
        add(all, "double precision", "Infinity", "-Infinity");
        add(all, "numeric(1,0)", "-9", "0", "9");
        add(all, "numeric(12,2)", "0", "-0.01", "9999999999.99", "-9999999999.99", "0.10");
        add(all, "numeric(18,0)", "999999999999999999", "-999999999999999999");
        add(all, "numeric(18,18)", "0.999999999999999999", "-0.000000000000000001", "0");
        add(
                all,
                "numeric(19,0)",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775809",
                "1844674407370955161");
        add(all, "numeric(20,0)", "18446744073709551615", "18446744073709551616", "-18446744073709551616");
        add(all, "numeric(38,0)", nines(38), "-" + nines(38), "170141183460469231731687303715884105", "0", "10");
        add(all, "numeric(38,10)", "0.0000000001", "-" + nines(28) + ".9999999999", "12.5");
        add(all, "numeric(38,37)", "9." + nines(37), "-0." + "0".repeat(36) + "1", "0");
        add(all, "numeric(12,2)", "NaN");
        add(all, "numeric", "1.5", "100", "NaN");
        add(all, "money", "12.34", "-1234567.89");
        add(all, "text", "", " ", "NULL", "\\N", "\\\\N", "\\.", "a\\tb", "\\", "\\\\", "x\\", "''", "\"", "E'");
        for (String control :
                List.of("8", "9", "10", "11", "12", "13", "92", "1", "127", "133", "8232", "65533", "65535")) {
            all.add("SELECT chr(" + control + ") AS a, chr(" + control + ") || 'N' AS b, 'é' || chr(" + control
                    + ") || '' AS c");
        }
        all.add("SELECT string_agg(chr(i), '') AS t FROM generate_series(1, 55295) i WHERE i < 20000");
        all.add("SELECT i, chr(i) || 'x' AS t FROM generate_series(57344, 1114111, 501) i");
        all.add(
                "SELECT i, chr(i) AS t, chr(i) || chr(i + 1) || 'abcdefgh' || chr(i) AS u FROM generate_series(1, 2100) i");
        all.add("SELECT repeat('x', 65535) AS t, repeat('é', 32767) AS u, i FROM generate_series(1, 100) i");
        add(all, "varchar(5)", "", "abcde", "ééééé");
        add(all, "char(5)", "", "ab", "abcde");
        add(all, "name", "a", "public");
        add(all, "\"char\"", "a", "");
        add(all, "uuid", "00000000-0000-0000-0000-000000000000", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
        add(
                all,
                "date",
                "0001-01-01",
                "9999-12-31",
                "1582-10-15",
                "1582-10-04",
                "1900-02-28",
                "2000-02-29",
                "1969-12-31");
        all.add("SELECT i, date '0001-01-01' + i AS d FROM generate_series(0, 3652058, 61) i");
        add(
                all,
                "timestamp",
                "0001-01-01 00:00:00",
                "9999-12-31 23:59:59.999999",
                "1970-01-01 00:00:00.000001",
                "2024-02-29 24:00:00");
        add(all, "timestamp(0)", "2024-03-31 02:30:00", "1969-12-31 23:59:59");
        all.add(
                "SELECT i, timestamp '0001-01-01' + i * interval '29 days 3:04:05.678901' AS t FROM generate_series(0, 120000, 5) i");
        add(
                all,
                "timestamptz",
                "0001-01-02 00:00:00+00",
                "9999-12-30 23:59:59.999999+00",
                "2024-10-27 01:30:00+01",
                "1969-12-31 23:59:59.5-05:30");
        add(all, "time", "00:00:00", "24:00:00", "12:34:56.789012");
        add(all, "timetz", "00:00:00+14", "23:59:59.999999-15:59:59");
        add(all, "interval", "0", "1 year 2 mons -3 days 04:05:06.789", "-178000000 years");
        add(all, "bytea", "", "\\x00", "\\x5c785c", "\\xdeadbeef", "\\x090a0d00ff");
        all.add("SELECT decode(string_agg(lpad(to_hex(i), 2, '0'), ''), 'hex') AS b FROM generate_series(0, 255) i");
        add(all, "json", "{\"a\": \"\\\\u0000 \\t\\n\"}", "null", " [1,  2 ] ", "1.50");
        add(all, "jsonb", "{\"b\": 1, \"a\": [null, true, 1e400, \"\\\\\"]}", "\"\\t\"", "{}");
        add(all, "xml", "<a b=\"c\">\t&lt;\\n</a>", "");
        add(all, "integer[]", "{}", "{1,NULL,-3}", "[0:1]={1,2}", "{{1,2},{3,4}}");
        add(all, "text[]", "{\"a\\\\\\\\b\",\"c\\\"d\",NULL,\"NULL\",\"\"}", "{}");
        add(all, "inet", "::1", "192.168.0.1/24", "10.0.0.1");
        add(all, "cidr", "10.0.0.0/8", "::/0");
        add(all, "macaddr", "08:00:2b:01:02:03");
        add(all, "bit(1)", "0", "1");
        add(all, "bit(5)", "10101", "00000");
        add(all, "varbit", "101", "");
        add(all, "int4range", "empty", "[1,10)", "(,)");
        add(all, "tstzrange", "[\"2024-01-01 00:00:00+00\",)");
        add(all, "point", "(1.5,-2)");
        add(all, "tsvector", "a:1 fat:2", "");
        add(all, "pg_lsn", "0/0", "FFFFFFFF/FFFFFFFF");
        add(all, "regclass", "pg_class", "pg_type");
        add(all, "hstore", "\"a\"=>\"b\"");
        all.add("SELECT ROW(1, 'a,b', NULL) AS r");
        all.add("SELECT NULL AS unknown");
        all.add(
                "SELECT i, sin(i) * exp(i % 700 - 350) AS d, (sin(i) * exp(i % 80 - 40))::real AS r FROM generate_series(1, 20000) i");
        all.add("SELECT i, (i / 1000.0)::numeric(15,3) AS d, (i::numeric ^ 3 * 1234567.891 / 7)::numeric(30,9) AS w,"
                + " -i::bigint * i * i AS b FROM generate_series(-5000, 5000) i");
        all.add("SELECT 1 AS a, 2 AS A");
        all.add("SELECT");
        all.add("SELECT 1 AS a WHERE false");
        all.add("(SELECT 1 AS a) UNION ALL (SELECT 2) ORDER BY 1 -- a comment at the end");
        all.add("VALUES (1, 'a'), (2, NULL), (NULL, 'c')");
        all.add("TABLE region");
        all.add(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i, 'ä' || i AS t FROM n");
        all.add(
                "SELECT '{\"a\":1}'::jsonb ? 'a' AS b, ';' AS c, 'it''s; /*' AS d, $x$;$x$ AS e /* ; /* nested */ ; */");
        all.add("SELECT {d '2024-02-29'} AS d, {fn upper('a')} AS u");
        all.add("SELECT n_name AS \"N.Ame ☃\", n_comment FROM nation ORDER BY 1");
        all.add("SELECT " + nulls(1000) + " FROM generate_series(1, 3)");
        return all;
    }

    /** Queries that are refused for a value. */
    static List<String> refusals() {
        return List.of(
                "SELECT 4711 AS id, 'NaN'::numeric(10,2) AS n",
                "SELECT 4711 AS id, 'NaN'::numeric(30,2) AS n",
                "SELECT i AS id, CASE WHEN i = 3000 THEN 'infinity' ELSE '2024-01-01' END::date AS d FROM generate_series(1, 3001) i",
                "SELECT 'infinity'::date AS d",
                "SELECT 'key\t\\' AS id, '-infinity'::timestamp AS t",
                "SELECT NULL::text AS id, 'infinity'::timestamptz AS t",
                "SELECT 1 AS id, '0001-01-01 BC'::date AS d",
                "SELECT 1 AS id, '10000-01-01'::date AS d",
                "SELECT 1 AS id, '10000-01-01'::timestamp AS t",
                "SELECT 1 AS id, '0001-12-31 23:59:59 BC'::timestamp AS t",
                "SELECT 1 AS id, '10000-01-01 00:00:00+00'::timestamptz AS t",
                "SELECT 1 AS id, '0001-12-31 23:59:59+00 BC'::timestamptz AS t",
                "SELECT i AS id, repeat('x', 60000 + i * 5) AS t FROM generate_series(1, 2000) i",
                "SELECT 1 AS id, repeat('é', 32768) AS t",
                "SELECT i AS id, 10 / (2100 - i) AS q FROM generate_series(1, 3000) i");
    }

    private static void add(List<String> all, String type, String... values) {
        all.add(Arrays.stream(values)
                        .map(value -> "SELECT CAST('" + value.replace("'", "''") + "' AS " + type + ") AS v")
                        .collect(Collectors.joining(" UNION ALL "))
                + " UNION ALL SELECT NULL");
    }

    private static String nines(int count) {
        return "9".repeat(count);
    }

    private static String nulls(int columns) {
        StringBuilder sql = new StringBuilder("1 AS c0");
        for (int i = 1; i < columns; i++) {
            sql.append(i % 2 == 0 ? ", NULL::int AS c" : ", 'v' AS c").append(i);
        }
        return sql.toString();
    }
}
