package org.caravan.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the one value of a file, as Kubernetes and Docker mount secrets. Stateless. */
final class SecretFile {
    private static final int MOST_BYTES = 64 << 10;

    private SecretFile() {}

    /** The text of a file in UTF-8, without the line end at its end. */
    static String read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw Files.exists(file) ? new IOException("it is no file") : new NoSuchFileException(file.toString());
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("it has more than " + MOST_BYTES + " bytes");
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                .toString();
        return text.replaceFirst("(\r\n|\n|\r)$", "");
    }

    /** Why a file cannot be read, without its content. */
    static String reason(IOException error) {
        if (error instanceof NoSuchFileException) {
            return "there is none";
        }
        if (error instanceof CharacterCodingException) {
            return "it is no UTF-8";
        }
        return error instanceof java.nio.file.AccessDeniedException ? "access is denied" : error.getMessage();
    }
}
