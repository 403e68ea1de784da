package im.pair.examples.owntransport;

import im.pair.core.CloseReason;
import im.pair.core.Connection;
import im.pair.core.Event;
import im.pair.core.Format;
import im.pair.core.Outgoing;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;

/**
 * A connection that writes events as lines to a socket. The buffer is a bounded queue; one thread,
 * in {@link #writeLines}, empties it. That is all a transport needs.
 */
final class LineConnection implements Connection {
  private static final int MOST_LINES = 64;
  private static final Format<String> LINES = LineConnection::line;

  private final Socket socket;
  private final Semaphore readingIsWelcome = new Semaphore(0);

  // Guarded by this.
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private Runnable onWritable = () -> {};
  private boolean refused;
  private boolean closing;

  LineConnection(Socket socket) {
    this.socket = socket;
  }

  synchronized void onWritable(Runnable call) {
    onWritable = call;
  }

  @Override
  public synchronized boolean send(Outgoing event) {
    return sendLine(event.as(LINES));
  }

  /** Takes a line, or refuses it if the queue is full. */
  synchronized boolean sendLine(String line) {
    if (closing) {
      return false;
    }
    if (lines.size() >= MOST_LINES) {
      refused = true;
      return false;
    }
    lines.add(line);
    notifyAll();
    return true;
  }

  private static String line(Event event) {
    if (event instanceof Event.Appended appended) {
      // Another transport may have sent several lines in one message.
      return appended.entry().from()
          + ": "
          + String.valueOf(appended.entry().body()).replaceAll("\\R", " / ");
    }
    if (event instanceof Event.Rejected rejected) {
      return "! " + rejected.code().code() + ": " + rejected.reason();
    }
    return "! " + event;
  }

  @Override
  public void resumeReading() {
    readingIsWelcome.release();
  }

  /**
   * Waits until reading is welcome again after {@code receive} answered false; false at the end.
   */
  boolean awaitReading() throws InterruptedException {
    readingIsWelcome.acquire();
    synchronized (this) {
      return !closing;
    }
  }

  @Override
  public void close(CloseReason reason) {
    close("! closed: " + reason.words());
  }

  /** Ends the connection after what was taken and a last line. */
  synchronized void close(String lastLine) {
    if (!closing) {
      lines.add(lastLine);
      end();
    }
  }

  /** Ends the connection after what was taken. */
  synchronized void end() {
    closing = true;
    notifyAll();
    readingIsWelcome.release();
  }

  /** Writes until the connection ends, in a thread of its own, and then closes the socket. */
  void writeLines() {
    try (socket;
        Writer out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8)) {
      for (String line; (line = nextLine()) != null; ) {
        out.write(line + "\n");
        out.flush();
        tellIfWritable();
      }
    } catch (IOException e) {
      end(); // the client has gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized String nextLine() throws InterruptedException {
    while (lines.isEmpty() && !closing) {
      wait();
    }
    return lines.poll();
  }

  private void tellIfWritable() {
    Runnable call;
    synchronized (this) {
      if (!refused || lines.size() > MOST_LINES / 2 || closing) {
        return;
      }
      refused = false;
      call = onWritable;
    }
    call.run(); // the router calls send from here: no lock is held
  }
}
