package im.pair.fuzz;

import static java.lang.System.Logger.Level.INFO;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jazzer searches for inputs that the targets do not hold for, led by what they cover of the codecs
 * and of the parser. It is on the class path in the profile {@code soak} alone. {@code
 * -Dim.fuzz.minutes=N} says for how long it searches, for each codec; with {@code
 * -Dim.fuzz.keep=true} what is worth it is added to the kept inputs. What it finds is in {@code
 * target/fuzz/TARGET/found}; put beside the kept inputs, it fails {@link CorpusTest} until it is
 * mended.
 */
@Tag("soak")
class JazzerTest {
  private static final System.Logger LOG = System.getLogger(JazzerTest.class.getName());
  private static final String CODECS = "im.pair.wire.**";
  private static final int MINUTES = Integer.getInteger("im.fuzz.minutes", 5);
  private static final int LEAST_RUNS = 10_000;

  private static final Pattern RUNS = Pattern.compile("Done (\\d+) runs in (\\d+) second");
  private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)");

  /** The longest inputs: more only costs time. */
  private static final int MOST_BYTES = 1_024;

  @ParameterizedTest(name = "{0}")
  @ValueSource(classes = {V1Target.class, ClassicTarget.class})
  void nothingIsFound(Class<?> target) throws Exception {
    Path work = Path.of("target", "fuzz", target.getSimpleName());
    Path found = emptied(work.resolve("found"));
    Path corpus = Files.createDirectories(work.resolve("corpus"));
    Path log = work.resolve("jazzer.log");

    int exit =
        jazzer(
            target,
            log,
            CODECS + ":com.fasterxml.jackson.core.**",
            "--keep_going=0",
            "--reproducer_path=" + found,
            "-artifact_prefix=" + found + "/",
            "-dict=" + Corpus.WORDS,
            "-max_len=" + MOST_BYTES,
            "-max_total_time=" + 60 * MINUTES,
            corpus.toString(),
            Corpus.directory(target).toString());

    String said = Files.readString(log, ISO_8859_1);
    assertThat(files(found)).as("what fails %s, see %s", target.getSimpleName(), log).isEmpty();
    assertThat(exit).as("see %s", log).isZero();
    List<MatchResult> runs = RUNS.matcher(said).results().toList();
    assertThat(runs).as("see %s", log).hasSize(1);
    LOG.log(INFO, "fuzzed: {0}: {1}, {2}", target.getSimpleName(), runs.get(0).group(), last(said));
    assertThat(Long.parseLong(runs.get(0).group(1))).isGreaterThan(LEAST_RUNS);
    if (Boolean.getBoolean("im.fuzz.keep")) {
      keep(target, work, corpus);
    }
  }

  private static String last(String said) {
    return COVERAGE.matcher(said).results().reduce((first, second) -> second).orElseThrow().group();
  }

  /** Puts the fewest inputs that cover as much of the codecs in the place of the kept ones. */
  private static void keep(Class<?> target, Path work, Path corpus) throws Exception {
    Path kept = Corpus.directory(target);
    Path merged = emptied(work.resolve("merged"));
    int exit =
        jazzer(
            target,
            work.resolve("merge.log"),
            CODECS,
            "-merge=1",
            merged.toString(),
            kept.toString(),
            corpus.toString());
    assertThat(exit).isZero();
    emptied(kept);
    for (Path file : files(merged)) {
      Files.copy(file, kept.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static int jazzer(Class<?> target, Path log, String covered, String... arguments)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dim.fuzz.slack=1000000",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=" + covered,
                "--custom_hook_includes=" + covered));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(process.waitFor(MINUTES + 10L, TimeUnit.MINUTES)).as("Jazzer ends").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path emptied(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Path file : files(directory)) {
      Files.delete(file);
    }
    return directory;
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
