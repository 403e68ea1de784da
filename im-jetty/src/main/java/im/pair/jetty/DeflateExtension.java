package im.pair.jetty;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.AbstractExtension;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.exception.ProtocolException;

/**
 * Has Jetty let the frames of permessage-deflate through as they are, both ways: {@link
 * IncomingText} inflates whole messages and {@link JettyTransport} deflates them, with {@link
 * Compression}. Jetty's own extension inflates piece by piece what may have no end, holds an
 * inflater as long as a message is incomplete, and loses the thread if a ping comes between the
 * pieces. Public because Jetty makes it by reflection; not for other callers.
 */
public final class DeflateExtension extends AbstractExtension {
  /** Made by Jetty. */
  public DeflateExtension() {}

  @Override
  public boolean isRsv1User() {
    return true;
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    if (frame.getOpCode() == OpCode.CONTINUATION && frame.isRsv1()) {
      throw new ProtocolException("a message is compressed from its first frame on (RFC 7692 §6)");
    }
    nextIncomingFrame(frame, callback);
  }
}
