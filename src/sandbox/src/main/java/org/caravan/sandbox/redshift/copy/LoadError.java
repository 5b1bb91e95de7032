package org.caravan.sandbox.redshift.copy;

/**
 * One row of the load error tables.
 *
 * @param line the row's number in its file, from 1; 0 if the file as a whole is wrong
 */
record LoadError(
        String file, long line, String column, String type, String length, String value, int code, String reason) {
    static LoadError ofFile(S3Location file, int code, String reason) {
        return new LoadError(file.toString(), 0, "", "", "", "", code, reason);
    }
}
