package org.caravan.sandbox.s3;

import java.util.ArrayList;
import java.util.List;

/**
 * The names under which objects are stored, as paths below their bucket's directory. They are the keys, but for keys that are no
 * paths: an empty segment, {@code .} or {@code ..} is marked, because a file system would make another path of it; and an
 * object that has the name of a directory is marked, because a file system has no place for both. Marks are characters that sort
 * before all that keys hold, and that no key may hold here.
 */
final class KeyNames {
    private static final String SEGMENT_MARK = "\u0002";
    private static final String OBJECT_MARK = "\u0001";

    private KeyNames() {}

    /** The name of a key, or of a key's beginning. */
    static String name(String key) {
        if (!key.contains("//") && !key.contains(".") && !key.startsWith("/")) {
            return key;
        }
        List<String> segments = new ArrayList<>(List.of(key.split("/", -1)));
        int last = segments.size() - 1;
        for (int i = 0; i <= last; i++) {
            String segment = segments.get(i);
            boolean isEmpty = segment.isEmpty() && i < last;
            if (isEmpty || segment.equals(".") || segment.equals("..")) {
                segments.set(i, SEGMENT_MARK + segment);
            }
        }
        return String.join("/", segments);
    }

    /** The name of an object beside a directory that has its plain name. */
    static String besideDirectory(String name) {
        return name + OBJECT_MARK;
    }

    static String key(String name) {
        String unmarked = name.endsWith(OBJECT_MARK) ? name.substring(0, name.length() - 1) : name;
        return unmarked.contains(SEGMENT_MARK) ? unmarked.replace(SEGMENT_MARK, "") : unmarked;
    }

    static boolean isReserved(String key) {
        return key.contains(SEGMENT_MARK) || key.contains(OBJECT_MARK);
    }
}
