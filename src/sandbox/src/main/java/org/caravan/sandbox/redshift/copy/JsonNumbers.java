package org.caravan.sandbox.redshift.copy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.math.BigDecimal;

/** Reads fractional numbers so that they keep the text of the file: a column is loaded from that, not from a number made of it. */
final class JsonNumbers extends JsonParserDelegate {
    JsonNumbers(JsonParser parser) {
        super(parser);
    }

    @Override
    public BigDecimal getDecimalValue() throws IOException {
        return new Written(delegate.getText());
    }

    /** A number that shows as it was written. */
    private static final class Written extends BigDecimal {
        private static final long serialVersionUID = 1L;

        private final String text;

        Written(String text) {
            super(text);
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
