package org.caravan.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays rows of cells out for a terminal: a cell too long for its column goes on in the next line. Stateless. */
final class TextTable {
    private static final String GAP = "  ";
    private static final int LEAST = 8;

    private TextTable() {}

    /**
     * The lines of a table.
     *
     * @param rows the header and the rows, all with as many cells
     * @param width the most characters of a line, unless the columns cannot be made narrower
     */
    static List<String> lines(List<List<String>> rows, int width) {
        int[] widths = widths(rows, width);
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            List<List<String>> cells = new ArrayList<>();
            for (int i = 0; i < widths.length; i++) {
                cells.add(wrap(row.get(i), widths[i]));
            }
            int height = cells.stream().mapToInt(List::size).max().orElse(1);
            for (int line = 0; line < height; line++) {
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < widths.length; i++) {
                    String cell = line < cells.get(i).size() ? cells.get(i).get(line) : "";
                    text.append(cell)
                            .append(" ".repeat(Math.max(0, widths[i] - length(cell))))
                            .append(GAP);
                }
                lines.add(text.toString().stripTrailing());
            }
        }
        return lines;
    }

    private static int[] widths(List<List<String>> rows, int width) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        int room = width - GAP.length() * (widths.length - 1);
        while (Arrays.stream(widths).sum() > room) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= LEAST) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    /** Breaks a text after a blank, or else after a comma or underscore, or else anywhere. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        int[] characters = text.codePoints().toArray();
        int from = 0;
        while (characters.length - from > width) {
            int end = from + width;
            int cut = characters[end] == ' ' ? end + 1 : cutAfter(" ", characters, from, end);
            cut = cut > from ? cut : cutAfter(",_", characters, from, end);
            cut = cut > from ? cut : end;
            lines.add(new String(characters, from, cut - from).stripTrailing());
            from = cut;
        }
        lines.add(new String(characters, from, characters.length - from));
        return lines;
    }

    /** Behind the last of some characters, or {@code from} if there is none. */
    private static int cutAfter(String marks, int[] characters, int from, int end) {
        int cut = end;
        while (cut > from && marks.indexOf(characters[cut - 1]) < 0) {
            cut--;
        }
        return cut;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
