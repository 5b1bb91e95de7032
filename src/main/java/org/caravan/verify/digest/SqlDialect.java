package org.caravan.verify.digest;

import java.util.Optional;
import org.caravan.schema.ColumnType;

/** How an engine writes the steps of the digest. Expressions are given and returned so that they bind tighter than any operator. */
interface SqlDialect {
    String quoted(String name);

    /** An integer or a numeric expression without a fraction as BIGINT. */
    String bigint(String expression);

    /** The remainder of a BIGINT, with the sign of the dividend. */
    String remainder(String dividend, String divisor);

    /** The remainder modulo p of a BIGINT of either sign, from 0 to p − 1. */
    default String residue(String sum) {
        String p = Long.toString(Field.P);
        return remainder("(" + remainder("(" + sum + ")", p) + " + " + p + ")", p);
    }

    /** The quotient of a BIGINT, cut towards zero. */
    String quotient(String dividend, String divisor);

    /** The MD5 of a text's UTF-8 bytes, as 32 hexadecimal digits. */
    String md5(String text);

    /** The number of bytes of a binary value. */
    String byteCount(String binary);

    /** The lower-case hexadecimal digits of so many bytes of a binary value, or as many as there are, from a position counted from 1. */
    String hexadecimal(String binary, int start, int count);

    /** Fifteen hexadecimal digits, beginning at a position counted from 1, as BIGINT. */
    String digits(String hexadecimal, int position);

    /** Days since 1970-01-01 as BIGINT. */
    String days(String date);

    /** Microseconds since 1970-01-01T00:00 as BIGINT. */
    String micros(String timestamp, ColumnType.Zone zone);

    /** The unscaled value of a decimal of at most 18 digits, as BIGINT. */
    String unscaled(String decimal, ColumnType.Decimal type);

    /** The nine digits of a wide decimal that begin at a power of ten (0, 9, 18 …, or −9, −18 …), as BIGINT with the decimal's sign. */
    String chunk(String decimal, ColumnType.Decimal type, int power);

    String doubleType();

    /** The REAL that a text names. */
    String real(String text);

    /** A floating-point constant, given with 17 digits. */
    String constant(String digits);

    /** The whole part of a floating-point number that is not negative, as BIGINT. */
    String floorToBigint(String expression);

    /** An extra expression that makes the engine compute a subquery's expressions once instead of at each use, if one is needed. */
    Optional<String> fence();
}
