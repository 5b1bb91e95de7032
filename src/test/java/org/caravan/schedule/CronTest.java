package org.caravan.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {
    private static final LocalDateTime SUNDAY = LocalDateTime.parse("2026-11-29T00:00:00");

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 6 * * *         | every day at 06:00                                 | 2026-11-29T06:00",
                "*/15 * * * *      | every 15 minutes                                   | 2026-11-29T00:00",
                "30 2 * * 1-5      | at 02:30 every day between Monday and Friday       | 2026-11-30T02:30",
                "0 9-17 * * MON-FRI| every hour between 9 and 17 every day between Monday and Friday | 2026-11-30T09:00",
                "0 6 * * 0         | at 06:00 on Sunday                                 | 2026-11-29T06:00",
                "0 6 * * 7         | at 06:00 on Sunday                                 | 2026-11-29T06:00",
                "0 6 1,15 * *      | at 06:00 on day 1 and 15                           | 2026-12-01T06:00",
                "0 6 1 * 1         | at 06:00 on day 1 on Monday, on either day         | 2026-11-30T06:00",
                "0 0 1 1 *         | at 00:00 on day 1 in January                       | 2027-01-01T00:00",
                "0 0 6 * * ?       | every day at 06:00                                 | 2026-11-29T06:00",
                "0 0 6 ? * MON     | at 06:00 on Monday                                 | 2026-11-30T06:00",
                "0 0 6 ? * 1       | at 06:00 on Sunday                                 | 2026-11-29T06:00",
                "0 0 6 L * ?       | at 06:00 last day of month                         | 2026-11-30T06:00",
                "0 0 6 ? * 6#3     | at 06:00 Friday 3 of every month                   | 2026-12-18T06:00",
                "*/5 * * * * ?     | every 5 seconds                                    | 2026-11-29T00:00",
                "0 0 6 * * ? 2030  | every day at 06:00 in 2030                         | 2030-01-01T06:00",
                "0+0+6+*+*+?       | every day at 06:00                                 | 2026-11-29T06:00"
            })
    void saysUnixAndQuartzInWordsAndFindsTheFirstTime(String text, String words, LocalDateTime first) {
        Cron cron = Cron.parse(text);

        assertThat(cron.words()).isEqualTo(words);
        assertThat(cron.atOrAfter(SUNDAY)).contains(first);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "61 * * * *    | Value 61 not in range [0, 59]",
                "0 25 * * *    | Value 25 not in range [0, 23]",
                "0 6 L * *     | Invalid chars: L",
                "0 6 ? * *     | '?' is Quartz'; in Unix cron, of five fields, write '*'",
                "0 6 * *       | it has 4 fields; Unix cron has five fields (minute hour day month weekday)",
                "@daily        | it has 1 fields",
                "0 0 25 * * ?  | Hour values must be between 0 and 23",
                "0 0 6 * * *   | of day and weekday one must be '?' in Quartz' cron: '*' and '*' are both set",
                "0 0 6 * * XXX | 'XXX' are both set",
                "0 0 6 ? * XXX | Invalid Day-of-Week value: 'XXX'"
            })
    void saysWhatIsWrong(String text, String reason) {
        assertThatThrownBy(() -> Cron.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The cron '" + text + "' is not valid: ")
                .hasMessageContaining(reason);
    }

    @Test
    void findsNoTimeWhereThereIsNone() {
        assertThat(Cron.parse("0 0 31 2 *").atOrAfter(SUNDAY)).isEmpty();
        assertThat(Cron.parse("0 0 6 * * ? 2020").atOrAfter(SUNDAY)).isEmpty();
    }

    @Test
    void knowsWhichComesInEveryHour() {
        assertThat(List.of("*/10 * * * *", "5 * * * *", "0 */1 * * *", "0 0/5 * * * ?", "*/5 * * * * ?"))
                .allMatch(text -> Cron.parse(text).isEveryHour());
        assertThat(List.of("0 6 * * *", "0 */2 * * *", "0 9-17 * * *", "0 0 6 * * ?"))
                .noneMatch(text -> Cron.parse(text).isEveryHour());
    }

    /** Day and weekday of Unix cron: if neither begins with a star, either will do (crontab(5)). */
    @Test
    void findsTheTimesThatTheFieldsOfUnixCronName() {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            List<Field> fields = List.of(
                    Field.any(random, 0, 59),
                    Field.any(random, 0, 23),
                    Field.any(random, 1, 31),
                    Field.any(random, 1, 12),
                    Field.any(random, 0, 6));
            String text = String.join(" ", fields.stream().map(Field::text).toList());
            LocalDateTime from = SUNDAY.plusMinutes(random.nextInt(500_000));

            assertThat(Cron.parse(text).atOrAfter(from)).as(text).isEqualTo(first(fields, from));
        }
    }

    private static Optional<LocalDateTime> first(List<Field> fields, LocalDateTime from) {
        LocalDateTime time = from;
        while (!matches(fields, time)) {
            boolean day = matchesDay(fields, time);
            time = day ? time.plusMinutes(1) : time.toLocalDate().plusDays(1).atStartOfDay();
            if (time.isAfter(from.plusYears(28))) {
                return Optional.empty();
            }
        }
        return Optional.of(time);
    }

    private static boolean matches(List<Field> fields, LocalDateTime time) {
        return matchesDay(fields, time)
                && fields.get(0).values().contains(time.getMinute())
                && fields.get(1).values().contains(time.getHour());
    }

    private static boolean matchesDay(List<Field> fields, LocalDateTime time) {
        boolean day = fields.get(2).values().contains(time.getDayOfMonth());
        boolean weekday = fields.get(4).values().contains(time.getDayOfWeek().getValue() % 7);
        boolean either =
                !fields.get(2).text().startsWith("*") && !fields.get(4).text().startsWith("*");
        return fields.get(3).values().contains(time.getMonthValue()) && (either ? day || weekday : day && weekday);
    }

    private record Field(String text, Set<Integer> values) {
        static Field any(Random random, int least, int most) {
            Set<Integer> values = new TreeSet<>();
            int first = least + random.nextInt(most - least + 1);
            switch (random.nextInt(5)) {
                case 0 -> {
                    for (int value = least; value <= most; value++) {
                        values.add(value);
                    }
                    return new Field("*", values);
                }
                case 1 -> {
                    int step = 2 + random.nextInt(3);
                    for (int value = least; value <= most; value += step) {
                        values.add(value);
                    }
                    return new Field("*/" + step, values);
                }
                case 2 -> {
                    int last = first + random.nextInt(most - first + 1);
                    for (int value = first; value <= last; value++) {
                        values.add(value);
                    }
                    return new Field(first + "-" + last, values);
                }
                case 3 -> {
                    int step = 2 + random.nextInt(5);
                    for (int value = first; value <= most; value += step) {
                        values.add(value);
                    }
                    return new Field(first + "-" + most + "/" + step, values);
                }
                default -> {
                    List<String> texts = new ArrayList<>();
                    values.add(first);
                    values.add(least + random.nextInt(most - least + 1));
                    values.forEach(value -> texts.add(Integer.toString(value)));
                    return new Field(String.join(",", texts), values);
                }
            }
        }
    }
}
