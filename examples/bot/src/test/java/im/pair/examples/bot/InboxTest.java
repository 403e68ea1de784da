package im.pair.examples.bot;

import im.pair.core.Connection;
import im.pair.core.Event;
import im.pair.testkit.ConnectionContract;

/** The test kit's contract, without a wire. */
class InboxTest extends ConnectionContract {
  @Override
  protected Line open() {
    Inbox inbox = new Inbox();
    return new Line() {
      @Override
      public Connection connection() {
        return inbox;
      }

      @Override
      public void onWritable(Runnable call) {
        inbox.onWritable(call);
      }

      @Override
      public String take() throws Exception {
        return inbox.next() instanceof Event.Appended appended ? appended.entry().body() : null;
      }

      @Override
      public Integer closeCode() {
        return null;
      }

      @Override
      public void close() {
        inbox.end();
      }
    };
  }
}
