package im.pair.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The core compiled from its sources, whole once and then again with a mutated class each, and the
 * simulation loaded upon it by a class loader of its own.
 */
final class MutatedCore {
  private static final Path SOURCES =
      Path.of(
          System.getProperty("im.root", ".."), "im-core", "src", "main", "java", "im/pair/core");

  private final Path work;
  private final Path whole;

  MutatedCore(Path work) throws IOException {
    this.work = work;
    whole = Files.createDirectories(work.resolve("whole"));
    try (Stream<Path> files = Files.list(SOURCES)) {
      compile(whole, files.filter(file -> file.toString().endsWith(".java")).toList());
    }
  }

  /** The simulation on the core as it is. */
  Copy unchanged() {
    return new Copy(whole);
  }

  /** The simulation on a core with a mistake. */
  Copy with(Mutation mutation) {
    try {
      Path sources = Files.createDirectories(work.resolve(mutation.name().replace(' ', '-')));
      Path changed = sources.resolve(mutation.file() + ".java");
      Files.writeString(changed, changed(mutation));
      Path classes = Files.createDirectories(sources.resolve("classes"));
      compile(classes, List.of(changed));
      return new Copy(classes, whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String changed(Mutation mutation) throws IOException {
    String source = Files.readString(SOURCES.resolve(mutation.file() + ".java"));
    int place = source.indexOf(mutation.from());
    if (place < 0 || source.indexOf(mutation.from(), place + 1) >= 0) {
      throw new AssertionError(
          "'" + mutation.name() + "' is not once in " + mutation.file() + ": " + mutation.from());
    }
    return source.replace(mutation.from(), mutation.to());
  }

  private synchronized void compile(Path target, List<Path> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String path = whole + System.getProperty("path.separator") + place(Nullable.class);
    List<String> arguments =
        new ArrayList<>(
            List.of("-proc:none", "-nowarn", "--release", "17", "-cp", path, "-d", target + ""));
    files.forEach(file -> arguments.add(file.toString()));
    ByteArrayOutputStream words = new ByteArrayOutputStream();
    if (compiler.run(null, words, words, arguments.toArray(String[]::new)) != 0) {
      throw new AssertionError(words.toString(StandardCharsets.UTF_8));
    }
  }

  private static Path place(Class<?> of) {
    try {
      return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A simulation with its core, apart from this one. */
  static final class Copy implements AutoCloseable {
    private final URLClassLoader loader;
    private final LongFunction<@Nullable String> failures;

    private Copy(Path... core) {
      List<URL> places = new ArrayList<>();
      try {
        for (Path path : core) {
          places.add(path.toUri().toURL());
        }
        places.add(place(Simulation.class).toUri().toURL());
      } catch (MalformedURLException e) {
        throw new IllegalStateException(e);
      }
      // Its parent knows neither the core nor the tests: all of these are the copy's own.
      loader = new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
      try {
        Constructor<?> constructor =
            loader.loadClass(Simulation.Failures.class.getName()).getDeclaredConstructor();
        constructor.setAccessible(true); // its package is not this one, which another loader made
        @SuppressWarnings("unchecked") // it is what it is here
        LongFunction<@Nullable String> own =
            (LongFunction<@Nullable String>) constructor.newInstance();
        failures = own;
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    /** What a seed breaks; absent if nothing. */
    @Nullable String run(long seed) {
      return failures.apply(seed);
    }

    @Override
    public void close() {
      try {
        loader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
