/**
 * The JSON protocols, over Jackson's streaming API. Reading order: {@link im.pair.wire.Transport},
 * {@link im.pair.wire.Protocol}; then {@link im.pair.wire.ClassicProtocol}, {@link
 * im.pair.wire.ClassicFrame}, {@link im.pair.wire.ClassicCodec}, {@code FrameReader} and {@link
 * im.pair.wire.BadFrameException}.
 */
@NullMarked
package im.pair.wire;

import org.jspecify.annotations.NullMarked;
