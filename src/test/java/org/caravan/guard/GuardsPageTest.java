package org.caravan.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** The routes and rules that {@code docs/guards.md} shows are read as it says. */
class GuardsPageTest {
    private static final Path PAGE = Path.of("docs/guards.md");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern RULES = Pattern.compile("(?m)^\\| (`.*?`) \\| .* \\| (before|after)");

    @Test
    void itsRoutesStartWithTheirRules() throws Exception {
        String yaml = YAML.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.joining());
        Properties settings = new Properties();
        settings.setProperty("staging.bucket", "b");
        ExecutorService uploads = Executors.newCachedThreadPool();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().setInitialProperties(settings);
            context.getRegistry().bind("s3", S3Client.class, unused());
            context.getRegistry().bind("caravan-upload", uploads);
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("page.camel.yaml", yaml));
            context.start();

            assertThat(context.getEndpoints().stream()
                            .filter(GuardEndpoint.class::isInstance)
                            .map((Endpoint endpoint) -> ((GuardEndpoint) endpoint).text()))
                    .containsExactlyInAnyOrder(
                            "fails if rows < 1000, or change > 50%, or nulls(\"e-mail\") > 5%, or not unique(order_id, line);"
                                    + " warns if change > 20%, or nulls(discount) > 0",
                            "fails if rows < 1000; warns if change < -20%");
        } finally {
            uploads.shutdownNow();
        }
    }

    @Test
    void itsRulesAreRulesAsTheyAreWritten() throws Exception {
        List<String> shown = RULES.matcher(Files.readString(PAGE))
                .results()
                .flatMap(row -> Pattern.compile("`(.*?)`").matcher(row.group(1)).results())
                .map(rule -> rule.group(1))
                .toList();

        assertThat(shown).hasSize(8).allSatisfy(rule -> assertThat(RuleText.rules("fail", rule))
                .singleElement()
                .extracting(Rule::text)
                .isEqualTo(rule));
    }

    private static S3Client unused() {
        return (S3Client) Proxy.newProxyInstance(
                GuardsPageTest.class.getClassLoader(),
                new Class<?>[] {S3Client.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "toString" -> "unused";
                    default -> null;
                });
    }
}
