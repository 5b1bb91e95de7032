package org.caravan.sandbox.source;

import static org.caravan.sandbox.source.ProfileTextColumns.pick;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** The columns of {@code customer_profile} that are neither text nor numbers nor times. */
final class ProfileOtherColumns {
    private ProfileOtherColumns() {}

    static List<ProfileColumn> all() {
        return List.of(
                new ProfileColumn(
                        "is_active",
                        "boolean",
                        "True, false and NULL",
                        List.of("true", "false"),
                        random -> Boolean.toString(random.nextBoolean())),
                new ProfileColumn(
                        "preferences",
                        "json",
                        "JSON kept as written: blanks, order and repeated names stay",
                        List.of(
                                "{}",
                                "[]",
                                "null",
                                "\"text\"",
                                "1.0",
                                "{ \"b\" : 1,\n  \"a\":2, \"a\":3 }",
                                "{\"\":\"\"}",
                                "{\"emoji\":\"😀\",\"escaped\":\"\\u00e9\\n\\\"\"}",
                                "[1, [2, [3, {\"deep\": null}]]]",
                                "{\"big\":123456789012345678901234567890,\"small\":1e-400}"),
                        random -> "{\"newsletter\": " + random.nextBoolean() + ", \"topics\": " + random.nextInt(9)
                                + "}"),
                new ProfileColumn(
                        "attributes",
                        "jsonb",
                        "JSON kept by meaning",
                        List.of(
                                "{}",
                                "[]",
                                "null",
                                "\"text\"",
                                "1.0",
                                "{\"b\":1,\"a\":2,\"a\":3}",
                                "{\"\":\"\"}",
                                "{\"emoji\":\"😀\",\"quote\":\"\\\"\"}",
                                "[[],{},[null,true,false]]",
                                "{\"big\":123456789012345678901234567890.5}"),
                        random -> "{\"segment\":\"" + pick(random, "new", "loyal", "lapsed") + "\",\"score\":"
                                + random.nextInt(100) + "}"),
                new ProfileColumn(
                        "tags",
                        "text[]",
                        "An array of text: empty, with NULLs, quotes, separators and blanks in it",
                        List.of(
                                "{}",
                                "{NULL}",
                                "{\"NULL\"}",
                                "{\"\"}",
                                "{\"a,b\",\"c\\\"d\",\"e\\\\f\",\"{g}\"}",
                                "{\" \",\"\n\"}",
                                "{😀,日本}",
                                "{{a,b},{c,d}}",
                                "{a,NULL,b}"),
                        random -> "{" + pick(random, "red", "green", "blue") + "," + pick(random, "large", "small")
                                + "}"),
                new ProfileColumn(
                        "monthly_visits",
                        "integer[]",
                        "An array of integers: empty, with NULLs and extremes in it",
                        List.of(
                                "{}",
                                "{NULL}",
                                "{0}",
                                "{-2147483648,2147483647}",
                                "{1,NULL,3}",
                                "{{1,2},{3,4}}",
                                "[0:1]={7,8}"),
                        random -> "{" + random.nextInt(50) + "," + random.nextInt(50) + "," + random.nextInt(50) + "}"),
                new ProfileColumn(
                        "avatar",
                        "bytea",
                        "Bytes: none, a zero byte, all 256 values, bytes that are no UTF-8",
                        List.of("\\x", "\\x00", allBytes(), "\\xff", "\\xc328", "\\x5c4e", "\\x0a0d09"),
                        ProfileOtherColumns::bytes),
                new ProfileColumn(
                        "tier",
                        "customer_tier",
                        "An enumeration, with a label outside ASCII that has a blank",
                        List.of("bronze", "silver", "gold", "très spécial"),
                        random -> pick(random, "bronze", "silver", "gold")),
                new ProfileColumn(
                        "last_ip",
                        "inet",
                        "An address of either version, with or without a network mask",
                        List.of(
                                "0.0.0.0",
                                "255.255.255.255",
                                "10.0.0.1/8",
                                "::1",
                                "::ffff:1.2.3.4",
                                "2001:db8::/32",
                                "fe80::1/64"),
                        random -> "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256)));
    }

    private static String allBytes() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return "\\x" + HexFormat.of().formatHex(bytes);
    }

    private static String bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        return "\\x" + HexFormat.of().formatHex(bytes);
    }
}
