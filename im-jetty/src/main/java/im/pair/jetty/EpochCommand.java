package im.pair.jetty;

import im.pair.jdbc.SqliteMessageStore;
import im.pair.jdbc.StoreException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Gives the messages a new epoch, and says which. Source: design §6, wire.md on resuming. */
@Command(
    name = "epoch",
    description = {
      "Gives the messages a new epoch, and prints it.",
      "Do this once after the directory was put back from a backup: clients may know messages that"
          + " the backup lacks, and then begin anew.",
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class EpochCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws StoreException {
    String epoch = SqliteMessageStore.newEpoch(data.directory());
    Objects.requireNonNull(spec).commandLine().getOut().println(epoch);
    return 0;
  }
}
