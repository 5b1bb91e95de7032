package org.caravan.source;

/** Values as messages show them: short, in one line, and without anything that a terminal would act on. Stateless. */
final class Shown {
    private static final int MOST = 60;

    private Shown() {}

    static String text(String value) {
        StringBuilder shown = new StringBuilder();
        int end = value.length();
        int points = 0;
        for (int i = 0; i < end && points < MOST; points++) {
            int point = value.codePointAt(i);
            append(shown, point);
            i += Character.charCount(point);
        }
        if (value.codePointCount(0, end) > MOST) {
            shown.append("… (").append(end).append(" characters)");
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, int point) {
        switch (point) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            case '\\' -> shown.append("\\\\");
            default -> {
                int type = Character.getType(point);
                if (type == Character.CONTROL || type == Character.SURROGATE || type == Character.FORMAT) {
                    shown.append(String.format("\\u%04x", point));
                } else {
                    shown.appendCodePoint(point);
                }
            }
        }
    }
}
