package im.pair.core;

import im.pair.testkit.ConnectionContract;
import im.pair.testkit.InMemoryConnection;
import org.jspecify.annotations.Nullable;

class InMemoryConnectionTest extends ConnectionContract {
  @Override
  protected Line open() {
    InMemoryConnection connection = new InMemoryConnection(100);
    return new Line() {
      @Override
      public Connection connection() {
        return connection;
      }

      @Override
      public void onWritable(Runnable call) {
        connection.onWritable(call);
      }

      @Override
      public @Nullable String take() {
        return connection.take() instanceof Event.Appended appended
            ? appended.entry().body()
            : null;
      }

      @Override
      public @Nullable Integer closeCode() {
        CloseReason reason = connection.closeReason();
        return reason == null ? null : reason.code();
      }

      @Override
      public void close() {}
    };
  }
}
