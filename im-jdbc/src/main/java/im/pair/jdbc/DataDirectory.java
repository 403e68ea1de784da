package im.pair.jdbc;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The directory of a store, which one store at a time has for itself. */
final class DataDirectory implements AutoCloseable {
  /** The name of the database in it. */
  static final String DATABASE = "im.db";

  /**
   * The directories that this JVM has locked. The system's locks do not exclude the process that
   * holds them, and closing any channel of a file ends them: a second one must not even be opened.
   */
  private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Locks a directory, which is made, for its owner alone, if it is not there.
   *
   * @throws StoreException if it cannot be used or another store has it
   */
  static DataDirectory lock(Path directory) throws StoreException {
    Path path;
    try {
      path = made(directory);
    } catch (FileAlreadyExistsException e) {
      throw new StoreException(directory + " is not a directory; choose another one", e);
    } catch (IOException e) {
      throw unusable(directory, e);
    }
    if (!LOCKED.add(path)) {
      throw inUse(directory);
    }
    try {
      return new DataDirectory(path, locked(path));
    } catch (IOException e) {
      LOCKED.remove(path);
      throw e instanceof StoreException known ? known : unusable(directory, e);
    }
  }

  private static Path made(Path directory) throws IOException {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownersAlone =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0];
    return Files.createDirectories(directory, ownersAlone).toRealPath();
  }

  private static FileChannel locked(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path.resolve("im.lock"), CREATE, WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw inUse(path);
  }

  private static StoreException inUse(Path directory) {
    return new StoreException(
        directory + " is in use by another server; stop it or choose another directory");
  }

  private static StoreException unusable(Path directory, IOException e) {
    String why = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
    return new StoreException(
        directory
            + " cannot be used ("
            + (why == null ? "not permitted" : why) // as the system calls it when it says no more
            + "); make it writable or choose another one",
        e);
  }

  Path database() {
    return path.resolve(DATABASE);
  }

  /** Lets others have the directory. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // The lock ends with the process then.
      return;
    }
    LOCKED.remove(path);
  }
}
