/**
 * The protocol as data: the golden frames of {@code protocol/frames}, their schemas in {@code
 * protocol/asyncapi.yaml}, and what {@code docs/protocol.md} says of both. What runs the frames
 * against a server is {@code GoldenFramesTest} in {@code im.pair.jetty}.
 */
@NullMarked
package im.pair.protocol;

import org.jspecify.annotations.NullMarked;
