/**
 * The JSON protocols, over Jackson's streaming API. Reading order: {@link im.pair.wire.Transport},
 * {@link im.pair.wire.Protocol}; {@link im.pair.wire.Authenticator}, {@link
 * im.pair.wire.Credentials}, {@link im.pair.wire.Identity}; {@link im.pair.wire.WireListener}; then
 * {@link im.pair.wire.ClassicProtocol}, {@link im.pair.wire.ClassicFrame}, {@link
 * im.pair.wire.ClassicCodec}, {@code FrameReader} and {@link im.pair.wire.BadFrameException}.
 */
@NullMarked
package im.pair.wire;

import org.jspecify.annotations.NullMarked;
