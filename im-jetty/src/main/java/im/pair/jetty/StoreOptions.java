package im.pair.jetty;

import im.pair.core.InMemoryMessageStore;
import im.pair.core.MessageStore;
import im.pair.jdbc.SqliteMessageStore;
import im.pair.jdbc.StoreException;
import im.pair.jdbc.StoreListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How the messages are kept, as the command line says it. */
final class StoreOptions {
  private enum Kind {
    SQLITE,
    MEMORY
  }

  @Option(
      names = "--store",
      paramLabel = "KIND",
      defaultValue = "sqlite",
      converter = ToKind.class,
      description =
          "sqlite: in a database in --data; memory: until the server ends, --data is not used;"
              + " sqlite if nothing is said")
  private Kind kind = Kind.SQLITE;

  @Mixin private DataOption data = new DataOption();

  MessageStore open(StoreListener listener) throws StoreException {
    return kind == Kind.MEMORY
        ? new InMemoryMessageStore()
        : SqliteMessageStore.open(data.directory(), listener);
  }

  /** Tries whether a store can write. */
  static CompletionStage<?> probe(MessageStore store) {
    return store instanceof SqliteMessageStore sqlite
        ? sqlite.probe()
        : CompletableFuture.completedFuture(null);
  }

  /** Ends a store that was opened here, after what is queued in it. */
  static void close(MessageStore store) {
    if (store instanceof SqliteMessageStore sqlite) {
      sqlite.close();
    }
  }

  /** Reads a kind of store. */
  static final class ToKind implements ITypeConverter<Kind> {
    @Override
    public Kind convert(String text) {
      return switch (text) {
        case "sqlite" -> Kind.SQLITE;
        case "memory" -> Kind.MEMORY;
        default ->
            throw new TypeConversionException("a store is sqlite or memory, not '" + text + "'");
      };
    }
  }
}
