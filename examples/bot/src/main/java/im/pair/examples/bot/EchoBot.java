package im.pair.examples.bot;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Event;
import im.pair.core.Kind;
import im.pair.core.PairRouter;
import im.pair.core.Session;
import im.pair.core.UserId;

/**
 * Answers each message to the user {@code echo} with the same text, in the order of the messages.
 *
 * <p>It has two sessions of that user: one hears, the other writes. With one, a full queue would
 * hold back the answer to a write, for which the thread that empties the queue waits.
 */
final class EchoBot implements AutoCloseable {
  static final UserId ECHO = new UserId("echo");

  private final Inbox inbox = new Inbox();
  private final Session hearing;
  private final Writer writer;
  private final Thread thread = new Thread(this::run, "echo-bot");

  private EchoBot(PairRouter router) {
    writer = Writer.attach(router, ECHO);
    hearing = router.attach(ECHO, inbox);
    inbox.onWritable(hearing::onWritable);
    hearing.live();
  }

  /** Attaches the bot: from now on it is online, and answers. */
  static EchoBot attach(PairRouter router) {
    EchoBot bot = new EchoBot(router);
    bot.thread.setDaemon(true);
    bot.thread.start();
    return bot;
  }

  private void run() {
    try {
      for (Event event; !writer.hasEnded() && (event = inbox.next()) != null; ) {
        if (event instanceof Event.Appended appended && asksForAnAnswer(appended.entry())) {
          Entry entry = appended.entry();
          // The same message gets the same id: it is answered once, however often this is tried.
          writer.write(entry.from(), Draft.message("echo-" + entry.seq(), entry.body()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      detach();
    }
  }

  private static boolean asksForAnAnswer(Entry entry) {
    return entry.kind() == Kind.MESSAGE
        && !entry.from().equals(ECHO)
        && entry.body() != null; // deleted meanwhile, or data alone
  }

  private void detach() {
    hearing.detach();
    writer.session().detach();
    inbox.end();
    writer.end();
  }

  /** Detaches the bot, and waits for what it is about. */
  @Override
  public void close() {
    detach();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
