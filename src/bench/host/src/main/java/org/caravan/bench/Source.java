package org.caravan.bench;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** The data sets that the sandbox's source gives, counted by the source itself. */
final class Source {
    static final String LINEITEM = "lineitem";
    static final String PROFILE = "customer_profile";

    /** So many copies of the thousand customers have about as many bytes as the line items of scale factor 1. */
    private static final int PROFILE_COPIES = 250;

    private Source() {}

    static Map<String, Dataset> datasets(Site site, BigDecimal scale) {
        long copies =
                Math.max(1, scale.multiply(BigDecimal.valueOf(PROFILE_COPIES)).longValue());
        Map<String, Dataset> datasets = new LinkedHashMap<>();
        datasets.put(LINEITEM, counted(site, LINEITEM, "SELECT * FROM lineitem", "l_orderkey", ""));
        datasets.put(
                PROFILE,
                counted(
                        site,
                        PROFILE,
                        repeated(PROFILE, copies),
                        "customer_id",
                        // A numeric without a precision needs a size.
                        "exact_ratio.type=decimal(38,18)"));
        return datasets;
    }

    /** About so many line items, made by repeating the table's: a whole multiple of them. */
    static Dataset repeated(Site site, Dataset lineitem, long rows) {
        long copies = Math.max(1, Math.round((double) rows / lineitem.rows()));
        return new Dataset(
                LINEITEM,
                repeated(LINEITEM, copies),
                lineitem.rows() * copies,
                lineitem.key(),
                new BigDecimal(lineitem.keySum())
                        .multiply(BigDecimal.valueOf(copies))
                        .toPlainString(),
                lineitem.maxKey(),
                lineitem.columns());
    }

    /**
     * The whole table again and again. A plain cross join gives each row so many times in a row instead, whichever side comes
     * first, and such rows are easier to encode and need less memory than a table's.
     */
    private static String repeated(String table, long copies) {
        return "SELECT t.* FROM generate_series(1, " + copies + ") AS copies(copy) CROSS JOIN LATERAL (SELECT * FROM "
                + table + " WHERE copy > 0 OFFSET 0) AS t";
    }

    /** The pages of a table, for ranges of row addresses. */
    static long pages(Site site, String table) {
        return Long.parseLong(
                ask(site, "SELECT pg_relation_size('" + table + "') / current_setting('block_size')::int")[0]);
    }

    private static Dataset counted(Site site, String name, String sql, String key, String columns) {
        String[] facts = ask(site, "SELECT count(*), sum(" + key + "), max(" + key + ") FROM (" + sql + ") AS counted");
        return new Dataset(name, sql, Long.parseLong(facts[0]), key, facts[1], Long.parseLong(facts[2]), columns);
    }

    private static String[] ask(Site site, String sql) {
        try (Connection connection = DriverManager.getConnection(site.url(), site.user(), site.password());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            String[] values = new String[result.getMetaData().getColumnCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = result.getString(i + 1);
            }
            return values;
        } catch (SQLException e) {
            throw new BenchFailure("The source does not answer '" + sql + "': " + e.getMessage(), e);
        }
    }
}
