package im.pair.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.pair.core.Limits;
import im.pair.core.PairRouter;
import im.pair.core.UserId;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that is killed: four users with two sessions each, which write to each other as fast as
 * they can until the end. It says on standard output what it is about to send, and what its
 * sessions were told, each line flushed.
 */
final class KilledProgram {
  static final List<UserId> USERS =
      List.of(new UserId("ann"), new UserId("ben"), new UserId("cat"), new UserId("dan"));

  /** The end of each line, by which one that was cut short is known. */
  static final String END = " ;";

  private static final Writer OUT =
      new BufferedWriter(new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), UTF_8));

  private KilledProgram() {}

  /**
   * Runs until it is killed.
   *
   * @param args the store's directory, a number that no run had before, and a file with the {@link
   *     Intent}s whose fate is not known
   */
  public static void main(String... args) throws IOException {
    SqliteMessageStore store = SqliteMessageStore.open(Path.of(args[0]));
    PairRouter router =
        PairRouter.builder().store(store).limits(Limits.DEFAULTS.withSendsPerSecond(0)).build();
    List<Intent> unknown =
        Files.readAllLines(Path.of(args[2])).stream().map(Intent::parse).toList();
    List<KilledClient> clients = new ArrayList<>();
    for (int i = 0; i < 2 * USERS.size(); i++) {
      clients.add(new KilledClient(router, USERS.get(i / 2), "r" + args[1] + "-s" + i + "-"));
    }
    for (int i = 0; i < clients.size(); i++) {
      String mark = "-s" + i + "-";
      clients.get(i).start(unknown.stream().filter(intent -> intent.id().contains(mark)).toList());
    }
    while (true) {
      LockSupport.parkNanos(1_000_000_000);
      router.tick(System.nanoTime());
    }
  }

  /** Says it before it returns. */
  static void say(String line) {
    synchronized (OUT) {
      try {
        OUT.write(line + END + "\n");
        OUT.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
