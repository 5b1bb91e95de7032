package org.caravan.sandbox.redshift.wire;

import java.io.ByteArrayOutputStream;

/** JSON as Redshift writes SUPER: https://docs.aws.amazon.com/redshift/latest/dg/JSON_PARSE.html */
final class JsonText {
    private JsonText() {}

    /** Valid JSON without the white space between its tokens. */
    static byte[] withoutBlanks(byte[] json, int at, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length);
        boolean inString = false;
        for (int i = at; i < at + length; i++) {
            byte c = json[i];
            if (inString && c == '\\') {
                out.write(c);
                i++;
                out.write(json[i]);
                continue;
            }
            if (c == '"') {
                inString = !inString;
            }
            if (inString || c > ' ' || c < 0) {
                out.write(c);
            }
        }
        return out.toByteArray();
    }
}
