package im.pair.examples.owntransport;

import im.pair.core.Connection;
import im.pair.testkit.ConnectionContract;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The test kit's contract, over a real socket. */
class LineConnectionTest extends ConnectionContract {
  @Override
  protected Line open() throws Exception {
    Socket client;
    Socket server;
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      client = new Socket(listening.getInetAddress(), listening.getLocalPort());
      server = listening.accept();
    }
    LineConnection connection = new LineConnection(server);
    Thread writer = new Thread(connection::writeLines);
    writer.start();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
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
      public String take() throws Exception {
        String line = in.readLine();
        return line == null || line.startsWith("!") ? null : line.substring("alice: ".length());
      }

      @Override
      public Integer closeCode() {
        return null;
      }

      @Override
      public void close() throws Exception {
        connection.end();
        client.close();
        writer.join();
      }
    };
  }
}
