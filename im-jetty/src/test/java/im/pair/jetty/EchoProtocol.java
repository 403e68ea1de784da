package im.pair.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.pair.wire.Protocol;
import im.pair.wire.Transport;

/** Sends back each text as it came, but for one. */
final class EchoProtocol implements Protocol {
  /** This is taken in silence. */
  static final String NO_ECHO = "(no echo)";

  private final Transport transport;

  EchoProtocol(Transport transport) {
    this.transport = transport;
  }

  @Override
  public boolean receive(String frame) {
    if (!frame.equals(NO_ECHO)) {
      transport.send(frame.getBytes(UTF_8));
    }
    return true;
  }

  @Override
  public void onWritable() {}

  @Override
  public void tick(long nanos) {}

  @Override
  public void onClosed() {}
}
