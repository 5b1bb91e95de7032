package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs what {@code docs/formats.md} shows, and compares its tables with the options that there are. */
class FormatsPageTest {
    private static final Path PAGE = Path.of("docs/formats.md");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|([^|]*)\\|");

    @TempDir
    Path directory;

    @Test
    void itsRoutesRun() throws Exception {
        String yaml = YAML.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.joining());
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("page.camel.yaml", yaml));
            Rows rows = Rows.of("a", new ColumnType.Text(10), "x", null);

            byte[] avro = body(context, "direct:by-name", rows.stream());
            byte[] csv = body(context, "direct:by-bean", rows.stream());
            byte[] json = body(context, "direct:by-endpoint", List.of(Map.of("paid", 7)));

            assertThat(AvroFile.read(Files.write(directory.resolve("x.avro"), avro)))
                    .hasSize(2);
            try (GZIPInputStream text = new GZIPInputStream(new ByteArrayInputStream(csv))) {
                assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("a\nx\n@null@\n");
            }
            try (DuckDb duckDb = new DuckDb()) {
                Path file = Files.write(directory.resolve("x.jsonl.zst"), json);
                assertThat(duckDb.value(file, "SELECT paid FROM read_json($file)"))
                        .isEqualTo("7.0");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "parquet, org.caravan.format.ParquetDataFormat",
        "avro, org.caravan.format.AvroDataFormat",
        "csv, org.caravan.format.CsvDataFormat",
        "jsonl, org.caravan.format.JsonLinesDataFormat"
    })
    void namesEveryOptionWithItsDefault(String name, Class<? extends RowsDataFormat> type) throws Exception {
        String section = section(name);
        Set<String> options = Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() != RowsDataFormat.class)
                .filter(method -> RowsDataFormat.class.isAssignableFrom(method.getDeclaringClass()))
                .filter(method -> method.getName().startsWith("set"))
                .map(method -> method.getName().substring(3))
                .collect(Collectors.toCollection(TreeSet::new));
        RowsDataFormat format = type.getDeclaredConstructor().newInstance();

        List<MatchResult> rows = ROW.matcher(section).results().toList();
        assertThat(rows.stream().map(row -> capitalised(row.group(1)))).containsExactlyInAnyOrderElementsOf(options);
        for (MatchResult row : rows) {
            assertThat(value(format, capitalised(row.group(1))))
                    .as(row.group(1))
                    .isEqualTo(row.group(2).replace("`", "").strip());
        }
    }

    private static String section(String name) throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("\n## " + name + "\n");
        assertThat(start).isPositive();
        int end = page.indexOf("\n## ", start + 1);
        return page.substring(start, end < 0 ? page.length() : end);
    }

    private static String value(RowsDataFormat format, String option) throws ReflectiveOperationException {
        String getter = Arrays.stream(format.getClass().getMethods())
                .map(Method::getName)
                .filter(method -> method.equals("get" + option) || method.equals("is" + option))
                .findAny()
                .orElseThrow();
        Object value = format.getClass().getMethod(getter).invoke(format);
        return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : String.valueOf(value);
    }

    private static String capitalised(String option) {
        return option.substring(0, 1).toUpperCase(Locale.ROOT) + option.substring(1);
    }

    private static byte[] body(DefaultCamelContext context, String endpoint, Object rows) {
        return context.createFluentProducerTemplate()
                .to(endpoint)
                .withBody(rows)
                .request(byte[].class);
    }
}
