package im.pair.examples.bot;

import im.pair.core.PairRouter;
import im.pair.jetty.ImServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** A server with an echo bot in it. */
public final class Bot {
  private Bot() {}

  /**
   * Serves on the port that is given, or on any that is free; with {@code --demo}, a client of its
   * own talks to the bot, and it ends.
   */
  public static void main(String[] args) throws InterruptedException {
    boolean demo = args.length == 1 && args[0].equals("--demo");
    int port = args.length == 0 || demo ? 0 : port(args);
    try (PairRouter router = PairRouter.builder().build(); // a store in memory
        EchoBot bot = EchoBot.attach(router);
        ImServer server = ImServer.builder().router(router).port(port).build()) {
      server.start();
      if (demo) {
        talk(server.port());
      } else {
        System.out.println(
            "Talk to the bot at http://127.0.0.1:" + server.port() + "/?user=alice&peer=echo");
        new CountDownLatch(1).await(); // until the process is told to end
      }
    } catch (IOException e) {
      String why = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
      refuse(e.getMessage() + why + "; choose another port");
    }
  }

  private static int port(String[] args) {
    if (args.length > 1 || !args[0].matches("[0-9]{1,5}") || Integer.parseInt(args[0]) > 65_535) {
      refuse("say one port from 0 to 65535, or --demo, or nothing, not: " + String.join(" ", args));
    }
    return Integer.parseInt(args[0]);
  }

  private static void refuse(String why) {
    System.err.println("bot: " + why);
    System.exit(2);
  }

  private static void talk(int port) throws InterruptedException {
    try (Client alice = new Client(port)) {
      alice.says("alice", "echo", "Hello, 你好!");
      expect("{\"id\":\"alice\",\"msg\":\"Hello, 你好!\"}", alice.hears());
      expect("{\"id\":\"echo\",\"msg\":\"Hello, 你好!\"}", alice.hears());
    }
  }

  private static void expect(String expected, String heard) {
    System.out.println("to alice: " + heard);
    if (!heard.equals(expected)) {
      throw new IllegalStateException("expected to hear: " + expected);
    }
  }
}
