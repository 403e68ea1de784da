package im.pair.jetty;

import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Leads what comes in by one port to the {@link AdminDoor}, and all else on. */
final class AdminPort extends Handler.Wrapper {
  private final Connector connector;
  private final AdminDoor door;

  AdminPort(Connector connector, AdminDoor door, Handler others) {
    super(others);
    this.connector = connector;
    this.door = door;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return request.getConnectionMetaData().getConnector() == connector
        ? door.handle(request, response, callback)
        : super.handle(request, response, callback);
  }
}
