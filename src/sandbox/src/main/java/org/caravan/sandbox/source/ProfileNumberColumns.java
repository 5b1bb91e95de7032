package org.caravan.sandbox.source;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** The number columns of {@code customer_profile}. */
final class ProfileNumberColumns {
    private static final String NINES_28 = "9".repeat(28);
    private static final String NINES_38 = "9".repeat(38);

    private ProfileNumberColumns() {}

    static List<ProfileColumn> all() {
        return List.of(
                new ProfileColumn(
                        "\"order\"",
                        "integer",
                        "A reserved word as a name",
                        List.of("0", "-1", "1"),
                        random -> Integer.toString(random.nextInt(1_000))),
                new ProfileColumn(
                        "age_years",
                        "smallint",
                        "16 bits, with both extremes",
                        List.of("-32768", "32767", "0", "-1"),
                        random -> Integer.toString(random.nextInt(100))),
                new ProfileColumn(
                        "visit_count",
                        "integer",
                        "32 bits, with both extremes",
                        List.of("-2147483648", "2147483647", "0", "-1"),
                        random -> Integer.toString(random.nextInt(100_000))),
                new ProfileColumn(
                        "total_cents",
                        "bigint",
                        "64 bits, with both extremes, and neighbours that a double confuses",
                        List.of(
                                "-9223372036854775808",
                                "9223372036854775807",
                                "0",
                                "-1",
                                "9007199254740992",
                                "9007199254740993",
                                "-9007199254740993",
                                "2147483647",
                                "2147483648",
                                "4294967296"),
                        random -> Long.toString(random.nextLong() >> random.nextInt(60))),
                new ProfileColumn(
                        "credit_limit",
                        "numeric(12,2)",
                        "Money, with both extremes",
                        List.of(
                                "9999999999.99",
                                "-9999999999.99",
                                "0.00",
                                "0.01",
                                "-0.01",
                                "0.10",
                                "1234567.89",
                                "100"),
                        random -> decimal(random, 10, 2)),
                new ProfileColumn(
                        "lifetime_value",
                        "numeric(38,10)",
                        "38 digits, of which 10 are a fraction, with both extremes",
                        List.of(
                                NINES_28 + ".9999999999",
                                "-" + NINES_28 + ".9999999999",
                                "0",
                                "0.0000000001",
                                "-0.0000000001",
                                "1e27",
                                "12345678901234567890.0123456789",
                                "0.1"),
                        random -> decimal(random, 1 + random.nextInt(38), 10)),
                new ProfileColumn(
                        "loyalty_points",
                        "numeric(38,0)",
                        "38 digits without a fraction, with both extremes",
                        List.of(NINES_38, "-" + NINES_38, "0", "1", "-1", "18446744073709551616", "1e37"),
                        random -> decimal(random, 1 + random.nextInt(38), 0)),
                new ProfileColumn(
                        "discount_rate",
                        "numeric(38,37)",
                        "38 digits, of which 37 are a fraction, with both extremes",
                        List.of("9." + "9".repeat(37), "-9." + "9".repeat(37), "0", "0." + "0".repeat(36) + "1", "1"),
                        random -> decimal(random, 1 + random.nextInt(37), 37)),
                new ProfileColumn(
                        "exact_ratio",
                        "numeric",
                        "A numeric without a precision: every value its own scale, none of more than 20 + 18 digits",
                        List.of(
                                "0",
                                "0.000000000000000001",
                                "-0.000000000000000001",
                                "99999999999999999999.999999999999999999",
                                "-99999999999999999999.999999999999999999",
                                "1",
                                "1.0",
                                "1.50",
                                "1.500",
                                "1e19",
                                "3.141592653589793238"),
                        random -> decimal(random, 1 + random.nextInt(20), random.nextInt(19))),
                new ProfileColumn(
                        "score_real",
                        "real",
                        "32-bit floating point, with extremes, denormals, NaN, infinities and -0",
                        List.of(
                                "NaN",
                                "Infinity",
                                "-Infinity",
                                "-0",
                                "0",
                                "3.4028235e38",
                                "-3.4028235e38",
                                "1e-45",
                                "-1e-45",
                                "1.1754944e-38",
                                "1.1754942e-38",
                                "0.1",
                                "16777216",
                                "16777217",
                                "1.0000001"),
                        random -> Float.toString((float) random.nextGaussian())),
                new ProfileColumn(
                        "score_double",
                        "double precision",
                        "64-bit floating point, with extremes, denormals, NaN, infinities and -0",
                        List.of(
                                "NaN",
                                "Infinity",
                                "-Infinity",
                                "-0",
                                "0",
                                "1.7976931348623157e308",
                                "-1.7976931348623157e308",
                                "5e-324",
                                "-5e-324",
                                "2.2250738585072014e-308",
                                "2.225073858507201e-308",
                                "0.1",
                                "0.30000000000000004",
                                "9007199254740993",
                                "1e23",
                                "1.0000000000000002"),
                        random -> Double.toString(random.nextGaussian() * 1_000)));
    }

    private static String decimal(Random random, int digits, int scale) {
        BigInteger unscaled = new BigInteger((int) (digits * 3.3), random).mod(BigInteger.TEN.pow(digits));
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale).toPlainString();
    }
}
