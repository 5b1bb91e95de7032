package org.caravan.sandbox.redshift.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;

/** UTF-16 as UTF-8; a byte order mark is taken away. Throws {@link CharacterCodingException} for what is no UTF-16. */
final class Utf16Input extends InputStream {
    private final PushbackInputStream in;
    private final CopyOptions.Encoding encoding;
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 14).limit(0);
    private final CharBuffer chars = CharBuffer.allocate(1 << 13).limit(0);
    private final ByteBuffer utf8 = ByteBuffer.allocate(1 << 15).limit(0);
    private final CharsetEncoder encoder =
            StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPORT);
    private CharsetDecoder decoder;
    private boolean ended;

    Utf16Input(InputStream in, CopyOptions.Encoding encoding) {
        this.in = new PushbackInputStream(in, 2);
        this.encoding = encoding;
    }

    /** "If you specify UTF16, then your data must have a byte order mark": copy-parameters-data-conversion.html. */
    private CharsetDecoder start() throws IOException {
        byte[] mark = in.readNBytes(2);
        int order = mark.length < 2 ? 0 : (mark[0] & 0xff) << 8 | mark[1] & 0xff;
        Charset charset =
                switch (encoding) {
                    case UTF16LE -> StandardCharsets.UTF_16LE;
                    case UTF16BE -> StandardCharsets.UTF_16BE;
                    default -> {
                        if (order != 0xfeff && order != 0xfffe && mark.length > 0) {
                            throw new MissingMark();
                        }
                        yield order == 0xfffe ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
                    }
                };
        boolean marked = order == 0xfeff && charset == StandardCharsets.UTF_16BE
                || order == 0xfffe && charset == StandardCharsets.UTF_16LE;
        if (!marked) {
            in.unread(mark);
        }
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static final class MissingMark extends CharacterCodingException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            return "UTF16 data have to begin with a byte order mark";
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (!utf8.hasRemaining()) {
            if (ended) {
                return -1;
            }
            fill();
        }
        int count = Math.min(length, utf8.remaining());
        utf8.get(into, from, count);
        return count;
    }

    private void fill() throws IOException {
        if (decoder == null) {
            decoder = start();
        }
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + Math.max(0, read));
        bytes.flip();
        chars.compact();
        check(decoder.decode(bytes, chars, read < 0));
        chars.flip();
        if (read < 0 && bytes.hasRemaining()) {
            throw new MalformedInputException(bytes.remaining());
        }
        utf8.clear();
        check(encoder.encode(chars, utf8, read < 0));
        utf8.flip();
        ended = read < 0 && !chars.hasRemaining();
    }

    private static void check(CoderResult result) throws CharacterCodingException {
        if (result.isError()) {
            result.throwException();
        }
    }
}
