package org.caravan.sandbox.redshift.copy;

/** A field or a row that cannot be loaded. Thrown for each rejected row, so it has no stack trace. */
final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;

    /** Codes of https://docs.aws.amazon.com/redshift/latest/dg/r_Load_Error_Reference.html. */
    static final int EXTRA_COLUMNS = 1202;

    static final int OUT_OF_RANGE = 1204;
    static final int DATE = 1205;
    static final int TIMESTAMP = 1206;
    static final int DIGIT = 1207;
    static final int FLOAT = 1208;
    static final int DECIMAL = 1209;
    static final int BOOLEAN = 1210;
    static final int NO_DATA = 1211;
    static final int NOT_NULL = 1213;
    static final int DELIMITER = 1214;
    static final int INVALID_LINE = 1216;
    static final int NUL = 1218;
    static final int UTF8 = 1220;
    static final int ENCODING = 1221;
    static final int INTEGER_OVERFLOW = 1222;
    static final int TYPE = 1223;
    static final int SUPER = 1224;

    private final int code;

    BadValue(int code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    String reason() {
        return getMessage();
    }
}
