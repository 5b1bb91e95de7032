package org.caravan.reload;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.util.AntPathMatcher;

/**
 * The files of a folder that hold routes, Kamelets and templates. Names that begin with a dot are left out, folders too: editors and
 * mounted ConfigMaps keep their own things there. Immutable.
 */
public final class RouteFolder {
    /** The patterns unless others are set. */
    public static final String PATTERNS = "*.yaml, *.xml";

    private static final int DEEPEST = 32;

    private final Path folder;
    private final boolean recursive;
    private final List<String> include;
    private final List<String> exclude;

    private RouteFolder(Path folder, boolean recursive, List<String> include, List<String> exclude) {
        this.folder = folder.toAbsolutePath().normalize();
        this.recursive = recursive;
        this.include = include;
        this.exclude = exclude;
    }

    /**
     * A folder.
     *
     * @param recursive whether its folders are looked into as well
     * @param include Ant patterns, with commas between, of the files' names or of their paths below the folder
     * @param exclude the same of files that are left out
     */
    public static RouteFolder of(Path folder, boolean recursive, String include, Optional<String> exclude) {
        Path absolute = requireNonNull(folder, "folder").toAbsolutePath().normalize();
        return new RouteFolder(
                absolute,
                recursive,
                patterns(absolute, include),
                exclude.map(text -> patterns(absolute, text)).orElse(List.of()));
    }

    private static List<String> patterns(Path folder, String text) {
        String prefix = folder + "/";
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty() && !pattern.startsWith("classpath:"))
                .map(pattern -> pattern.startsWith("file:") ? pattern.substring("file:".length()) : pattern)
                .map(pattern -> pattern.startsWith(prefix) ? pattern.substring(prefix.length()) : pattern)
                .toList();
    }

    /** The folder, absolute. */
    public Path path() {
        return folder;
    }

    /** A file's path below the folder, as it is shown; of one that is elsewhere its folder's name and its own. */
    String name(Path file) {
        if (file.startsWith(folder)) {
            return folder.relativize(file).toString();
        }
        int names = file.getNameCount();
        return names < 2 ? file.toString() : file.subpath(names - 2, names).toString();
    }

    /**
     * The files, those first that others may need: Kamelets, then the others by name. Files that vanish meanwhile are left out.
     *
     * @throws IOException if the folder cannot be read
     */
    public List<Path> files() throws IOException {
        return List.copyOf(look().keySet());
    }

    /** The same with their attributes, those of what a link leads to. */
    Map<Path, BasicFileAttributes> look() throws IOException {
        Map<Path, BasicFileAttributes> all = all();
        Map<Path, BasicFileAttributes> files = new LinkedHashMap<>();
        all.keySet().stream()
                .filter(this::isWanted)
                .sorted(Comparator.comparing((Path file) -> !file.toString().endsWith(".kamelet.yaml"))
                        .thenComparing(Comparator.naturalOrder()))
                .forEach(file -> files.put(file, all.get(file)));
        return files;
    }

    private boolean isWanted(Path file) {
        return !file.toString().endsWith(".sql") && matches(include, file) && !matches(exclude, file);
    }

    private boolean matches(List<String> patterns, Path file) {
        String name = file.getFileName().toString();
        AntPathMatcher matcher = AntPathMatcher.INSTANCE;
        // All files are asked twice a second: their names first, which is soon done.
        if (patterns.stream().anyMatch(pattern -> matcher.match(pattern, name))) {
            return true;
        }
        String path = patterns.isEmpty() ? "" : name(file).replace('\\', '/');
        return patterns.stream().anyMatch(pattern -> matcher.match(pattern, path));
    }

    private Map<Path, BasicFileAttributes> all() throws IOException {
        Map<Path, BasicFileAttributes> files = new HashMap<>();
        Files.walkFileTree(
                folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), recursive ? DEEPEST : 1, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                        return !directory.equals(folder) && isHidden(directory)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile() && !isHidden(file)) {
                            files.put(file, attributes);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
                        if (file.equals(folder)) {
                            throw error;
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path directory, IOException error) throws IOException {
                        // A folder of which only some files were listed must not look as if the others were deleted.
                        if (error != null) {
                            throw error;
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
