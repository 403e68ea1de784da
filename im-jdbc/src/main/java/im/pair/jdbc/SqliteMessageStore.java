package im.pair.jdbc;

import im.pair.core.Draft;
import im.pair.core.MessageStore;
import im.pair.core.Pair;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The logs in a SQLite database, {@code im.db} in a directory of its own. An append that completed
 * survives the end of the process and of the power. Its work does not grow with the length of the
 * logs. Thread-safe; one thread writes, two read, one more completes what was written: a callback
 * that is slow holds up other callbacks alone.
 *
 * <p>Bounds: 10,000 writes and 16 MiB of them wait at most (over it an append is {@link
 * Rejection#STORE} and the others fail), and 10,000 reads (over it they fail). While the disk is
 * full or cannot be written, appends that are certain not to be stored are {@link Rejection#STORE},
 * and others fail; it heals by itself.
 *
 * <p>A text that is deleted, erased or replaced by an edit is overwritten in the database, and
 * leaves the write-ahead log within about a second. Its room is not used again. Source: design §3,
 * §4.
 */
public final class SqliteMessageStore implements MessageStore, AutoCloseable {
  private static final int SMALL = 400; // bytes, of a write without text

  private final DataDirectory directory;
  private final String epoch;
  private final ReadPool reads;
  private final WriteQueue writes = new WriteQueue();
  private final Writer writer;
  private boolean closed; // guarded by this

  private SqliteMessageStore(
      DataDirectory directory,
      String epoch,
      Link link,
      Writer.Opener opener,
      StoreListener listener) {
    this.directory = directory;
    this.epoch = epoch;
    reads = new ReadPool(directory.database());
    writer = new Writer(writes, link, opener, reads.noReads(), listener);
  }

  /**
   * Opens the store in a directory; both are made if they are not there. One store at a time has a
   * directory.
   *
   * @throws StoreException if it cannot be used: in use by another server, not writable, not a
   *     database of ours, damaged, or from a newer version
   */
  public static SqliteMessageStore open(Path directory) throws StoreException {
    return open(directory, new StoreListener() {});
  }

  /**
   * Opens the store in a directory, as {@link #open(Path)} does, for a host that measures.
   *
   * @throws StoreException as there
   */
  public static SqliteMessageStore open(Path directory, StoreListener listener)
      throws StoreException {
    return open(directory, Sqlite::openToWrite, listener);
  }

  /** How the database in a file is opened to be written. */
  interface Opening {
    Link open(Path database) throws SQLException;
  }

  static SqliteMessageStore open(Path directory, Opening opening) throws StoreException {
    return open(directory, opening, new StoreListener() {});
  }

  private static SqliteMessageStore open(Path directory, Opening opening, StoreListener listener)
      throws StoreException {
    DataDirectory locked = DataDirectory.lock(directory);
    Path file = locked.database();
    try {
      Link link = ready(file, opening);
      return new SqliteMessageStore(locked, epoch(link), link, () -> opening.open(file), listener);
    } catch (SQLException e) {
      locked.close();
      throw Schema.refusal(file, e);
    } catch (StoreException | RuntimeException | Error e) {
      locked.close();
      throw e;
    }
  }

  /**
   * Gives a store a new epoch, as is due when it was put back from a backup: numbers that were
   * given since are void, and clients begin anew.
   *
   * @return the new epoch
   * @throws StoreException if there is no store, or it cannot be used, as in {@link #open}
   */
  public static String newEpoch(Path directory) throws StoreException {
    Path file = directory.resolve(DataDirectory.DATABASE);
    if (!Files.exists(file)) {
      throw new StoreException(file + " is not there; choose another directory");
    }
    try (DataDirectory locked = DataDirectory.lock(directory);
        Link link = ready(locked.database(), Sqlite::openToWrite)) {
      String epoch = Schema.newEpoch();
      link.change(Sql.UPDATE_EPOCH, epoch);
      return epoch;
    } catch (SQLException e) {
      throw Schema.refusal(file, e);
    }
  }

  private static Link ready(Path file, Opening opening) throws SQLException, StoreException {
    DatabaseFile.check(file);
    if (!Files.exists(file)) {
      DatabaseFile.make(file, opening);
    }
    Link link = opening.open(file);
    try {
      new Schema().prepare(link, file);
      return link;
    } catch (StoreException | RuntimeException | Error e) {
      link.close();
      throw e;
    }
  }

  private static String epoch(Link link) throws SQLException {
    try (Rows rows = link.rows(Sql.EPOCH)) {
      rows.next();
      return rows.text();
    }
  }

  @Override
  public CompletionStage<AppendResult> append(Pair pair, UserId from, Draft draft, long now) {
    int chars = length(draft.body()) + length(draft.data());
    return writes.add(
        new Write<>(
            ledger -> ledger.append(pair, from, draft, now),
            SMALL + 2 * chars,
            new Refused(Rejection.STORE)));
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  @Override
  public CompletionStage<Page> read(Pair pair, Range range) {
    return reads.ask(pages -> pages.read(pair, range));
  }

  @Override
  public CompletionStage<Marked> mark(Pair pair, UserId user, long delivered, long read) {
    return delivered <= 0 && read <= 0
        ? reads.ask(pages -> pages.marks(pair))
        : write(ledger -> ledger.mark(pair, user, delivered, read));
  }

  @Override
  public CompletionStage<Listing> conversations(
      UserId user, @Nullable Place after, int limit, int bytes) {
    return reads.ask(pages -> pages.conversations(user, after, limit, bytes));
  }

  @Override
  public CompletionStage<Long> seen(UserId user, long at) {
    return at <= 0 ? reads.ask(pages -> pages.seen(user)) : write(ledger -> ledger.seen(user, at));
  }

  /** In parts, between which others can write. What the user appends meanwhile may stay. */
  @Override
  public CompletionStage<@Nullable Void> erase(UserId user) {
    return erase(Eraser.Place.first(user));
  }

  private CompletionStage<@Nullable Void> erase(Eraser.Place place) {
    return write(ledger -> ledger.erase(place))
        .thenCompose(
            next -> next.isEmpty() ? CompletableFuture.completedFuture(null) : erase(next.get()));
  }

  private <T> CompletionStage<T> write(Write.Step<T> step) {
    return writes.add(new Write<>(step, SMALL, null));
  }

  @Override
  public String epoch() {
    return epoch;
  }

  /**
   * Tries whether the store can write: somewhat more than the largest message, in its turn and to
   * the disk, of which nothing stays.
   *
   * @return completes when it was written; exceptionally if it could not be
   */
  public CompletionStage<@Nullable Void> probe() {
    return write(Ledger::probe).thenApply(written -> null);
  }

  /** How many writes wait, for the disk or to be told to those who asked; 10,000 at most. */
  public int queued() {
    return writes.count();
  }

  /**
   * Takes no more, writes what is queued, completes every stage, and ends. It waits for the disk,
   * but for about a minute and a half at most. Not to be called from a stage's callback. Calls
   * after the first do nothing.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    reads.close();
    if (writer.close()) {
      directory.close();
    }
  }
}
