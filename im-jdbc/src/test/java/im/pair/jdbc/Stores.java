package im.pair.jdbc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.MessageStore;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Range;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Alice and Bob, and what the tests do with their store. */
final class Stores {
  static final UserId ALICE = new UserId("alice");
  static final UserId BOB = new UserId("bob");
  static final Pair PAIR = Pair.of(ALICE, BOB);
  static final int MANY_BYTES = Integer.MAX_VALUE;

  private Stores() {}

  static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  static CompletionStage<AppendResult> append(MessageStore store, UserId from, Draft draft) {
    return store.append(PAIR, from, draft, 1_000);
  }

  static long stored(MessageStore store, UserId from, Draft draft) throws Exception {
    AppendResult result = await(append(store, from, draft));
    assertThat(result).isInstanceOf(Appended.class);
    return ((Appended) result).entry().seq();
  }

  static Page page(MessageStore store) throws Exception {
    return await(store.read(PAIR, Range.after(0, 100_000, MANY_BYTES)));
  }

  static List<Entry> entries(MessageStore store) throws Exception {
    return page(store).entries();
  }

  /** All that the files of a store hold, a character for each byte. */
  static String bytesIn(Path directory) {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        all.append(new String(Files.readAllBytes(file), ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toString();
  }

  /** Does something to the database behind the store's back. */
  static void sql(Path directory, String... statements) throws SQLException {
    try (Connection connection = connect(directory);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static long number(Path directory, String query) throws SQLException {
    try (Connection connection = connect(directory);
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(query)) {
      results.next();
      return results.getLong(1);
    }
  }

  private static Connection connect(Path directory) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("im.db"));
  }
}
