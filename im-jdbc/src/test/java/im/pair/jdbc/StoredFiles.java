package im.pair.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Entry;
import im.pair.core.Kind;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The files of a store as they were at one moment, while it was open, and what it had acknowledged
 * by then.
 *
 * @param database the database
 * @param wal its write-ahead log
 * @param raw what was acknowledged, in that order
 * @param inDatabase how many of them the database has without its log
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record StoredFiles(byte[] database, byte[] wal, List<Entry> raw, int inDatabase) {
  static final List<UserId> USERS =
      List.of(new UserId("ann"), new UserId("ben"), new UserId("cat"));
  static final List<Pair> PAIRS = LogReader.pairs(USERS);

  static final String WAL = DataDirectory.DATABASE + "-wal";

  private static final int IN_DATABASE = 60;
  private static final int IN_LOG = 90; // so that the log is not brought into the database

  /** The log has the newest entries. */
  static StoredFiles make(Path directory) throws Exception {
    return make(directory, false);
  }

  /** The same, but the log began anew, and behind its end is what it was before. */
  static StoredFiles makeWithUsedLog(Path directory) throws Exception {
    return make(directory, true);
  }

  private static StoredFiles make(Path directory, boolean usedLog) throws Exception {
    Maker maker = new Maker();
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      maker.append(store, IN_DATABASE);
    }
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      maker.wipes = false; // when a text is wiped, the store itself brings the log in
      int inDatabase = maker.raw.size();
      Path log = directory.resolve(WAL);
      if (usedLog) {
        maker.append(store, 1);
        for (long first = salt(log); salt(log) == first; ) {
          inDatabase = maker.raw.size();
          maker.append(store, 1);
        }
      }
      maker.append(store, IN_LOG);
      byte[] database = Files.readAllBytes(directory.resolve(DataDirectory.DATABASE));
      return new StoredFiles(database, Files.readAllBytes(log), maker.raw, inDatabase);
    }
  }

  /** What the log's pages are marked with; another one when it begins anew. */
  private static long salt(Path log) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(log)).getLong(16);
  }

  /** What the log of a pair was when so many entries had been acknowledged in all. */
  List<Entry> log(Pair pair, int acknowledged) {
    return LogReader.present(
        raw.subList(0, acknowledged).stream().filter(entry -> entry.pair().equals(pair)).toList());
  }

  /** Appends one entry after the other. */
  private static final class Maker {
    private final Random random = new Random(4);
    private final List<Entry> raw = new ArrayList<>();
    private final Set<Entry> edited = new HashSet<>();
    private final Set<Entry> deleted = new HashSet<>();
    private boolean wipes = true;

    void append(SqliteMessageStore store, int count) throws Exception {
      for (int i = 0; i < count; i++) {
        Intent intent = next();
        AppendResult result =
            Stores.await(
                store.append(intent.pair(), intent.from(), intent.draft(), 1_000 + raw.size()));
        assertThat(result).isInstanceOf(Appended.class);
        raw.add(((Appended) result).entry());
      }
    }

    private Intent next() {
      String id = "i" + raw.size();
      Entry of = raw.isEmpty() ? null : raw.get(random.nextInt(raw.size()));
      if (of != null && of.kind() == Kind.MESSAGE && !deleted.contains(of)) {
        return new Intent(of.from(), of.to(), id, change(of), of.seq());
      }
      int from = random.nextInt(USERS.size());
      int to = (from + 1 + random.nextInt(USERS.size() - 1)) % USERS.size();
      return new Intent(USERS.get(from), USERS.get(to), id, Kind.MESSAGE, 0);
    }

    private Kind change(Entry of) {
      int dice = random.nextInt(8);
      if (dice == 0 && wipes) {
        deleted.add(of);
        return Kind.DELETE;
      }
      if (dice < 5 && (wipes || edited.contains(of))) {
        edited.add(of); // the first edit wipes, another one does not
        return Kind.EDIT;
      }
      return Kind.REACT;
    }
  }
}
