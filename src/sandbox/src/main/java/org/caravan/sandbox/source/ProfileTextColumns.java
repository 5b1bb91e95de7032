package org.caravan.sandbox.source;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/** The text columns of {@code customer_profile}, among them those with awkward names. */
final class ProfileTextColumns {
    private static final String[] GIVEN = {
        "Ada", "Björk", "Chloé", "Dušan", "Eve", "Fatma", "Grace", "Łukasz", "Νίκος", "李雷", "محمد"
    };
    private static final String[] FAMILY = {
        "Lovelace", "O'Brien", "Smith-Jones", "van der Berg", "Müller", "Nguyễn", "山田", "Ólafsdóttir"
    };
    private static final String[] WORDS = {"caravan", "desert", "well", "tent", "salt", "silk", "spice", "dune"};

    /** Redshift's longest VARCHAR, in bytes (docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html). */
    private static final int LONGEST_VARCHAR_BYTES = 65_535;

    private ProfileTextColumns() {}

    static List<ProfileColumn> all() {
        return List.of(
                new ProfileColumn(
                        "customer_uuid",
                        "uuid",
                        "A UUID, with the nil and the largest one",
                        List.of(
                                "00000000-0000-0000-0000-000000000000",
                                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                                "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"),
                        random -> new UUID(random.nextLong(), random.nextLong()).toString()),
                new ProfileColumn(
                        "full_name",
                        "text",
                        "Text with quotes, separators, line breaks, backslashes, blanks, 4-byte and combining characters",
                        List.of(
                                "",
                                " ",
                                "  leading and trailing  ",
                                "O'Brien",
                                "\"quoted\"",
                                "a,b;c|d",
                                "line one\nline two",
                                "carriage\r\nreturn",
                                "\r",
                                "\n",
                                "tab\there",
                                "back\\slash",
                                "\\",
                                "\\N",
                                "\\.",
                                "NULL",
                                "null",
                                "\u0001control\u001f",
                                "\u007f",
                                "\u00a0no-break\u00a0",
                                "Zoë",
                                "Zoe\u0308",
                                "Straße",
                                "İstanbul",
                                "日本語",
                                "שלום",
                                "😀",
                                "👩‍👩‍👧‍👦",
                                "𝒜𝓁𝒾𝒸ℯ",
                                "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
                                "\ufeffbyte order mark",
                                "\uffff",
                                "\uefbf\ud83e\udd84",
                                "{\"json\":\"like\"}",
                                "<xml attr=\"&amp;\"/>",
                                "'; drop table students; --",
                                "$1 ${x} {{y}} %s"),
                        random -> pick(random, GIVEN) + " " + pick(random, FAMILY)),
                new ProfileColumn(
                        "nickname",
                        "text",
                        "Empty strings beside NULLs",
                        List.of("", " ", "", "\t", "x", ""),
                        random -> random.nextInt(4) == 0 ? "" : pick(random, WORDS)),
                new ProfileColumn(
                        "email",
                        "varchar(120)",
                        "A limited text",
                        List.of(
                                "a@b.c",
                                "\"very odd\"@example.org",
                                "jörg@exämple.org",
                                "x".repeat(108) + "@example.org",
                                ""),
                        random -> pick(random, WORDS) + random.nextInt(100_000) + "@example.org"),
                new ProfileColumn(
                        "short_code",
                        "varchar(12)",
                        "Twelve characters, which are up to 48 bytes: VARCHAR lengths are bytes in Redshift",
                        List.of("ABCDEFGHIJKL", "😀".repeat(12), "日".repeat(12), "é".repeat(12), "", " "),
                        random -> Integer.toString(random.nextInt(Integer.MAX_VALUE), 36)
                                .toUpperCase()),
                new ProfileColumn(
                        "country_code",
                        "char(2)",
                        "A fixed-length text that is always full",
                        List.of("DE", "US", "zz"),
                        random -> pick(random, "DE", "FR", "GB", "IS", "JP", "US")),
                new ProfileColumn(
                        "region_code",
                        "char(8)",
                        "A fixed-length text that PostgreSQL pads with blanks",
                        List.of("", "a", "a b", "12345678", "é", "日本"),
                        random -> pick(random, WORDS)),
                new ProfileColumn(
                        "biography",
                        "text",
                        "Long text, up to the longest VARCHAR of Redshift (65,535 bytes)",
                        List.of(
                                "",
                                "x".repeat(LONGEST_VARCHAR_BYTES),
                                "日".repeat(LONGEST_VARCHAR_BYTES / 3),
                                "y".repeat(32_768),
                                "many\n".repeat(1_000)),
                        ProfileTextColumns::sentence),
                new ProfileColumn(
                        "\"select\"",
                        "text",
                        "A reserved word as a name",
                        List.of("", "select"),
                        ProfileTextColumns::sentence),
                new ProfileColumn(
                        "\"user\"",
                        "text",
                        "A reserved word as a name, and a function in PostgreSQL",
                        List.of("", "user"),
                        random -> pick(random, WORDS)),
                new ProfileColumn(
                        "\"MixedCase\"",
                        "text",
                        "A name that PostgreSQL keeps in mixed case and Redshift folds",
                        List.of("", "MixedCase"),
                        random -> pick(random, WORDS)),
                new ProfileColumn(
                        "\"home town\"",
                        "text",
                        "A name with a blank",
                        List.of("", "Blank Ville"),
                        random -> pick(random, "Essaouira", "Timbuktu", "Aït Benhaddou", "Palmyra", "Samarkand")),
                new ProfileColumn(
                        "\"naïve%\"",
                        "text",
                        "A name with a letter outside ASCII and a sign",
                        List.of(""),
                        random -> pick(random, WORDS)),
                new ProfileColumn("always_null", "text", "NULL in every row", List.of(), ProfileColumn.ALWAYS_NULL));
    }

    private static String sentence(Random random) {
        StringBuilder sentence = new StringBuilder(pick(random, WORDS));
        int words = 1 + random.nextInt(12);
        for (int i = 0; i < words; i++) {
            sentence.append(' ').append(pick(random, WORDS));
        }
        return sentence.append('.').toString();
    }

    static String pick(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }
}
