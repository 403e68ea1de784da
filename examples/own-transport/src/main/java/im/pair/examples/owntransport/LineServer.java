package im.pair.examples.owntransport;

import im.pair.core.Command;
import im.pair.core.Draft;
import im.pair.core.PairRouter;
import im.pair.core.Session;
import im.pair.core.UserId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A chat by lines of text on loopback: the first line of a client names its user and the peer
 * ({@code alice bob}), each line after it is a message. Users are who they say they are, so this is
 * for trying out.
 */
final class LineServer implements AutoCloseable {
  private static final int LONGEST_LINE = 16_384;

  private final PairRouter router;
  private final ServerSocket listening = new ServerSocket();

  LineServer(PairRouter router, int port) throws IOException {
    this.router = router;
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    start("accept", this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    router.close();
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listening.accept();
        LineConnection connection = new LineConnection(socket);
        start("write", connection::writeLines);
        start("read", () -> read(socket, connection));
      } catch (IOException e) {
        return; // the server was closed
      }
    }
  }

  private void read(Socket socket, LineConnection connection) {
    try {
      converse(
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)),
          connection);
    } catch (IOException e) {
      // The client has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connection.end();
    }
  }

  private void converse(Reader in, LineConnection connection)
      throws IOException, InterruptedException {
    String greeting = nextLine(in);
    String[] names = greeting == null ? new String[0] : greeting.split(" ");
    if (names.length != 2
        || !UserId.isValid(names[0])
        || !UserId.isValid(names[1])
        || names[0].equals(names[1])) {
      connection.close("! say who you are and whom you talk to, for instance: alice bob");
      return;
    }
    UserId peer = new UserId(names[1]);
    Session session = router.attach(new UserId(names[0]), connection);
    connection.onWritable(session::onWritable);
    try {
      session.join(peer);
      for (String line; (line = nextLine(in)) != null; ) {
        boolean readOn = session.receive(new Command.Send(peer, Draft.message(line)));
        if (!readOn && !connection.awaitReading()) {
          return;
        }
      }
    } finally {
      session.detach();
    }
  }

  /**
   * The next line, or nothing at the end. A client that never ends its line must not fill the
   * memory.
   */
  private static String nextLine(Reader in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c; (c = in.read()) >= 0; ) {
      if (c == '\n') {
        return line.toString();
      }
      if (line.length() == LONGEST_LINE) {
        throw new IOException("the line is too long");
      }
      if (c >= ' ') {
        line.append((char) c);
      }
    }
    return null;
  }
}
