package im.pair.examples.owntransport;

import im.pair.core.PairRouter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A router with a transport of one's own: lines of text over TCP. Start it and talk from two
 * terminals:
 *
 * <pre>
 * nc 127.0.0.1 8002      nc 127.0.0.1 8002
 * alice bob              bob alice
 * </pre>
 */
public final class OwnTransport {
  private OwnTransport() {}

  /** Serves on port 8002; with {@code --demo}, two clients of its own talk, and it ends. */
  @SuppressWarnings("FutureReturnValueIgnored") // it ticks until the program ends
  public static void main(String[] args) throws IOException {
    PairRouter router = PairRouter.builder().build();
    if (args.length == 1 && args[0].equals("--demo")) {
      try (LineServer server = new LineServer(router, 0)) {
        talk(server.port());
      }
    } else {
      LineServer server = new LineServer(router, 8002);
      Executors.newSingleThreadScheduledExecutor()
          .scheduleAtFixedRate(() -> router.tick(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
      System.out.println("Talk by lines: nc 127.0.0.1 " + server.port());
    }
  }

  private static void talk(int port) throws IOException {
    try (Client alice = new Client(port, "alice bob")) {
      alice.says("Hello?");
      alice.hears("alice: Hello?");
      // Joining has no reply: bob has joined once he hears himself.
      try (Client bob = new Client(port, "bob alice")) {
        bob.says("Here I am.");
        bob.hears("bob: Here I am.");
        alice.hears("bob: Here I am.");
        alice.says("你好 👋");
        alice.hears("alice: 你好 👋");
        bob.hears("alice: 你好 👋");
      }
    }
  }

  /** One end of the demonstration. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private final String name;

    Client(int port, String greeting) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      name = greeting.substring(0, greeting.indexOf(' '));
      says(greeting);
    }

    void says(String line) throws IOException {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void hears(String expected) throws IOException {
      String line = in.readLine();
      System.out.println("to " + name + ": " + line);
      if (!expected.equals(line)) {
        throw new IllegalStateException("expected to hear: " + expected);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
