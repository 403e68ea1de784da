package im.pair.jdbc;

import static im.pair.jdbc.Stores.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Entry;
import im.pair.core.Marks;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Duplicate;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs and kills {@link KilledProgram}, notes what it said, and looks for it in the store. */
final class Survival {
  private static final int SENT_AGAIN = 50;
  private static final int SIGKILL = 9;

  private final Path parent;
  private final Path directory;
  private final Map<String, Intent> sent = new HashMap<>();
  private final Map<String, Long> echoed = new HashMap<>();
  private final Map<String, Intent> unknown = new HashMap<>(); // sent, and no answer seen
  private final Map<Pair, Map<UserId, Marks>> marked = new HashMap<>();

  Survival(Path parent) {
    this.parent = parent;
    directory = parent.resolve("data");
  }

  /** Runs the program until so many entries were echoed, and kills it. */
  void runAndKill(int round, int echoes) throws Exception {
    Path again = parent.resolve("again-" + round);
    Files.write(again, unknown.values().stream().map(Intent::line).toList());
    Path errors = parent.resolve("errors");
    Process process = start(round, again, errors);
    try (BufferedReader out = process.inputReader(UTF_8)) {
      int seen = 0;
      for (String line; (line = out.readLine()) != null; ) {
        seen += note(line) ? 1 : 0;
        if (seen == echoes) {
          process.toHandle().destroyForcibly(); // and what it has said can still be read
        }
      }
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(errors)).isEqualTo(128 + SIGKILL);
      assertThat(seen).as("echoes").isGreaterThanOrEqualTo(echoes);
    } finally {
      process.toHandle().destroyForcibly();
    }
  }

  private Process start(int round, Path again, Path errors) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-Dorg.sqlite.tmpdir=" + parent, // where a killed one leaves its library
            "-cp",
            System.getProperty("java.class.path"),
            KilledProgram.class.getName(),
            directory.toString(),
            "" + round,
            again.toString());
    return builder.redirectError(errors.toFile()).start();
  }

  /** Notes what the program said; whether it was the first echo of an entry. */
  private boolean note(String line) {
    if (!line.endsWith(KilledProgram.END)) {
      return false; // the kill cut it short
    }
    String[] words = line.substring(0, line.length() - KilledProgram.END.length()).split(" ", 2);
    switch (words[0]) {
      case "sent" -> {
        Intent intent = Intent.parse(words[1]);
        sent.put(intent.key(), intent);
        if (!echoed.containsKey(intent.key())) {
          unknown.put(intent.key(), intent);
        }
      }
      case "echo" -> {
        int end = words[1].lastIndexOf(' ');
        return noteEcho(words[1].substring(0, end), Long.parseLong(words[1].substring(end + 1)));
      }
      case "rejected" -> unknown.remove(words[1]);
      case "marked" -> noteMarks(words[1].split(" ", -1));
      default -> throw new AssertionError(line);
    }
    return false;
  }

  private boolean noteEcho(String key, long seq) {
    Long before = echoed.put(key, seq);
    assertThat(before).as(key).isIn(null, seq);
    unknown.remove(key);
    return before == null;
  }

  private void noteMarks(String[] words) {
    UserId user = new UserId(words[0]);
    Marks marks = new Marks(Long.parseLong(words[2]), Long.parseLong(words[3]));
    marked
        .computeIfAbsent(Pair.of(user, new UserId(words[1])), pair -> new HashMap<>())
        .merge(user, marks, Marks::max);
  }

  /** Opens the store and looks for all that was ever echoed. */
  void check(Random random) throws Exception {
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      Map<String, Entry> found = new HashMap<>();
      for (Pair pair : LogReader.pairs(KilledProgram.USERS)) {
        for (Entry entry : new LogReader(store).check(pair)) {
          Intent intent = LogReader.intent(entry);
          assertThat(sent).as("nothing is invented").containsEntry(intent.key(), intent);
          found.put(intent.key(), entry);
        }
        checkMarks(store, pair);
      }
      Map<String, Long> numbers =
          found.entrySet().stream()
              .filter(entry -> echoed.containsKey(entry.getKey()))
              .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().seq()));
      assertThat(numbers).as("what was echoed, with its numbers").isEqualTo(echoed);
      sendAgain(store, found, random);
    }
  }

  private void checkMarks(SqliteMessageStore store, Pair pair) throws Exception {
    Map<UserId, Marks> told = marked.getOrDefault(pair, Map.of());
    Map<UserId, Marks> stored = await(store.mark(pair, pair.first(), 0, 0)).marks();
    told.forEach(
        (user, marks) ->
            assertThat(stored.getOrDefault(user, Marks.NONE))
                .as("the marks of %s in %s were at %s", user, pair, marks)
                .isEqualTo(stored.getOrDefault(user, Marks.NONE).max(marks)));
    marked.put(pair, stored.isEmpty() ? new HashMap<>() : new HashMap<>(stored));
  }

  private void sendAgain(SqliteMessageStore store, Map<String, Entry> found, Random random)
      throws Exception {
    List<String> keys = new ArrayList<>(echoed.keySet());
    Collections.shuffle(keys, random);
    Map<String, CompletionStage<AppendResult>> answers = new HashMap<>();
    for (String key : keys.subList(0, Math.min(SENT_AGAIN, keys.size()))) {
      Intent intent = sent.get(key);
      answers.put(key, store.append(intent.pair(), intent.from(), intent.draft(), 0));
    }
    for (Map.Entry<String, CompletionStage<AppendResult>> answer : answers.entrySet()) {
      Entry first = found.get(answer.getKey());
      assertThat(await(answer.getValue())).isEqualTo(new Duplicate(first.seq(), first.at()));
    }
  }
}
