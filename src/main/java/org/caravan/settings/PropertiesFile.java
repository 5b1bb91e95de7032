package org.caravan.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entries of a properties file in UTF-8, each with its line. Cuts the text into logical lines, which {@link Properties} reads one
 * by one, so that a file means what Java says it means. Immutable.
 *
 * @param entries in the order of the file; of a key that is there twice, both
 */
record PropertiesFile(List<Entry> entries, List<Problem> problems) {
    private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

    /** Where a line of a text is, without its end. */
    private record Line(int start, int end) {
        String of(String text) {
            return text.substring(start, end);
        }
    }

    PropertiesFile {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }

    static PropertiesFile read(Path file) throws IOException {
        return parse(file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    static PropertiesFile parse(Path file, String text) {
        List<Entry> entries = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Map<String, Integer> lineOfKey = new HashMap<>();
        List<Line> lines = lines(text);
        for (int i = 0; i < lines.size(); i++) {
            int first = i;
            boolean goesOn =
                    !isComment(lines.get(first).of(text)) && goesOn(lines.get(i).of(text));
            while (goesOn && i + 1 < lines.size()) {
                i++;
                String soFar =
                        text.substring(lines.get(first).start(), lines.get(i).end());
                // Java skips empty lines after a lone backslash.
                goesOn = goesOn(lines.get(i).of(text))
                        || soFar.replace('\\', ' ').isBlank();
            }
            String logical =
                    text.substring(lines.get(first).start(), lines.get(i).end());
            Place place = Place.inFile(file, first + 1);
            Properties one = new Properties();
            try {
                one.load(new StringReader(logical));
            } catch (IOException | IllegalArgumentException e) {
                problems.add(new Problem(
                        place, "", Optional.empty(), "no line of a properties file", "write \\\\ for a backslash"));
            }
            for (String key : one.stringPropertyNames()) {
                Integer before = lineOfKey.put(key, first + 1);
                if (before != null) {
                    problems.add(new Problem(
                            place,
                            key,
                            Optional.empty(),
                            "set in line " + before + " as well",
                            "delete one of the two"));
                }
                entries.add(Entry.of(key, one.getProperty(key), place));
            }
        }
        return new PropertiesFile(entries, problems);
    }

    private static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        Matcher ends = LINE_END.matcher(text);
        int start = 0;
        while (ends.find()) {
            lines.add(new Line(start, ends.start()));
            start = ends.end();
        }
        lines.add(new Line(start, text.length()));
        return lines;
    }

    private static boolean isComment(String line) {
        String text = line.replaceFirst("^[ \t\f]+", "");
        return text.isEmpty() || text.startsWith("#") || text.startsWith("!");
    }

    /** Whether a line ends with a backslash that no other takes back. */
    private static boolean goesOn(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
