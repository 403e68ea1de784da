/** Pair IM over WebSocket on Jetty: a server to embed, and the launcher. */
module im.pair.jetty {
  requires transitive im.pair.core;
  requires im.pair.web;
  requires com.fasterxml.jackson.core;
  requires transitive org.eclipse.jetty.server;
  requires org.eclipse.jetty.websocket.common;
  requires org.eclipse.jetty.websocket.core.common;
  requires org.eclipse.jetty.websocket.core.server;
  requires org.eclipse.jetty.websocket.server;
  requires static org.jspecify;

  // JwtAuthenticator's own.
  requires static com.nimbusds.jose.jwt;

  // The launcher's own: a program that embeds the server does without.
  requires static im.pair.jdbc;
  requires static info.picocli;
  requires static micrometer.core;
  requires static micrometer.registry.prometheus;

  exports im.pair.jetty;

  opens im.pair.jetty to
      info.picocli;
}
