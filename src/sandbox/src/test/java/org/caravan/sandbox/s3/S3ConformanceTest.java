package org.caravan.sandbox.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.caravan.sandbox.StandIn;
import org.caravan.sandbox.conformance.ConformanceRow;
import org.caravan.sandbox.conformance.ConformanceTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of {@code conformance/s3/*.csv}, through the AWS SDK for Java 2 with its retries off.
 *
 * <p>A row has a bucket of its own. Its cells {@code given} and {@code statement} are calls, one a line; every call has to
 * succeed but the last one of {@code statement}, which is judged. A call is a verb, words, and options {@code name=value}; what
 * has blanks stands in double quotes, with {@code \n \" \\}. What comes of a call are rows:
 *
 * <ul>
 *   <li>{@code PUT key body} [{@code if-none-match if-match type encoding md5 crc32 sse kms-key meta}]: the entity tag, or what
 *       {@code show=etag,sse,kms-key} names; a body {@code size:N} is N times x
 *   <li>{@code GET key} [{@code range if-match if-none-match part}]: the body
 *   <li>{@code HEAD key} [{@code if-match part}]: the length, or what {@code show=length,etag,type,encoding,sse,kms-key,parts,meta}
 *       names
 *   <li>{@code LIST} [{@code prefix delimiter start-after max-keys}]: the keys, then the common prefixes, then {@code ...} if there
 *       are more; with {@code pages=all} all pages, after their number
 *   <li>{@code DELETE key}; {@code DELETE key key …}: in one call, the keys that are gone, or {@code key Code}
 *   <li>{@code COPY key key} [{@code from=bucket if-match}]: the entity tag
 *   <li>{@code CREATE key} [{@code sse}], {@code PART number body}, {@code COMPLETE} [{@code number…} or {@code number:etag},
 *       {@code if-none-match}], {@code ABORT}, {@code PARTS} (number|size), {@code UPLOADS} (keys): a multipart upload;
 *       {@code upload=id} says another than the last one created
 *   <li>{@code MAKE}, {@code BUCKET}, {@code DROP} [{@code bucket}]: creates, looks for, deletes a bucket; else the row's own
 *   <li>{@code SIGNED METHOD key [body]}, {@code PRESIGNED METHOD key [body]} [{@code clock=-PT20M expires=PT1H tamper token}]: signed by
 *       the SDK's signer in header or query, by a clock that is wrong by so much, and sent by a plain HTTP client: the body
 * </ul>
 *
 * <p>Every call takes {@code bucket=name} for another bucket than the row's own, and {@code credentials=} {@code own}, {@code
 * wrong-secret}, {@code unknown-key}, {@code made-up-token}, {@code stranger} (may use the bucket {@code shared} only), {@code anonymous}.
 */
class S3ConformanceTest {
    @TempDir
    static Path directory;

    private static S3StandIn server;
    private static S3Clients clients;

    static List<ConformanceRow> rows() throws IOException {
        return ConformanceTable.of("s3");
    }

    @BeforeAll
    static void start() throws Exception {
        server = S3StandIn.start(new StandIn.Options(
                "--dir",
                directory.toString(),
                "--access-key",
                S3Clients.ACCESS_KEY,
                "--secret-key",
                S3Clients.SECRET_KEY,
                "--bucket",
                "shared",
                "--region",
                "us-east-1",
                "--guests",
                S3Clients.STRANGER_KEY + ":" + S3Clients.STRANGER_SECRET + ":shared"));
        clients = new S3Clients("http://127.0.0.1:" + server.port());
    }

    @AfterAll
    static void stop() throws Exception {
        clients.close();
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void answersAsTheTableSays(ConformanceRow row) throws Exception {
        row.expected().check(new S3Script(clients, row).outcome());
    }
}
