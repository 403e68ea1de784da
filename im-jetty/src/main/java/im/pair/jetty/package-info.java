/**
 * Pair IM over WebSocket on Jetty: a server to embed, and its launcher.
 *
 * <p>Reading order. A server: {@link im.pair.jetty.ImServer}, {@link im.pair.jetty.ImHandler},
 * {@link im.pair.jetty.ImOptions}, {@code FrontDoor}, {@code Admission} (who gets in), {@code
 * Loopback}, {@code WebOrigin}, {@code WebFiles}, {@code Replies}, {@code Ports}, {@code
 * ServerTls}, {@code CertificateFiles}. A client's frames on their way in: {@link
 * im.pair.jetty.ClientEndpoint}, {@code IncomingText}, {@code ReadingGate}; and on their way out:
 * {@code JettyTransport}, {@code OutgoingBuffer}, {@code SharedMemory}, {@code Compression}, {@link
 * im.pair.jetty.DeflateExtension}. Bounds and deadlines: {@link im.pair.jetty.ServerLimits}, {@code
 * Pulse}, {@code Sockets}, {@code Clients}, {@code WaitingTime}, {@code Watchdog}, {@code Endings}.
 * The launcher: {@link im.pair.jetty.Main}, {@code Settings}, {@code SettingsFile}, {@code
 * ServeCommand}, {@code DoorOptions}, {@code StoreOptions}, {@code DataOption}, {@code
 * EpochCommand}.
 *
 * <p>Who gets in with a token: {@link im.pair.jetty.JwtAuthenticator}, {@code JwtClaims}, {@link
 * im.pair.jetty.JwtAlgorithm}, {@code JwtKey}, {@code Ed25519}, {@code PemFile}, {@code JwksFile},
 * {@code KeyFile}; and on the command line {@code AuthOptions}, {@code SecretOption}, {@code
 * ClaimOptions}, {@code TokenCommand}, {@code JwtMint}.
 *
 * <p>For those who run it: {@code AdminOption}, {@code AdminPort}, {@code AdminDoor}, {@code
 * Readiness}, {@code StoreCalls}, {@code ServerMetrics}.
 */
@NullMarked
package im.pair.jetty;

import org.jspecify.annotations.NullMarked;
