package org.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The schema of certificates that the product ships, read by the tests themselves. */
public final class CertificateSchema {
    private static final JsonSchema SCHEMA = read();

    private CertificateSchema() {}

    public static void assertValid(JsonNode certificate) {
        assertThat(SCHEMA.validate(certificate))
                .as(certificate.toPrettyString())
                .isEmpty();
    }

    static JsonSchema schema() {
        return SCHEMA;
    }

    private static JsonSchema read() {
        try (InputStream text = Certificate.class.getResourceAsStream("certificate.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
