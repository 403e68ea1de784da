/**
 * The JSON protocols, over Jackson's streaming API. Reading order: {@link im.pair.wire.Transport},
 * {@link im.pair.wire.Protocol}; {@link im.pair.wire.Authenticator}, {@link
 * im.pair.wire.Credentials}, {@link im.pair.wire.Identity}; {@link im.pair.wire.WireListener}.
 * Classic: {@link im.pair.wire.ClassicProtocol}, {@link im.pair.wire.ClassicFrame}, {@link
 * im.pair.wire.ClassicCodec}. im.v1: {@link im.pair.wire.V1Protocol}, {@code Hold}, {@link
 * im.pair.wire.V1Frame}, {@link im.pair.wire.V1Decoder}, {@link im.pair.wire.V1Encoder}. What both
 * read and write with: {@code Fields}, {@code FrameReader}, {@code FrameWriter}, {@link
 * im.pair.wire.BadFrameException}.
 */
@NullMarked
package im.pair.wire;

import org.jspecify.annotations.NullMarked;
