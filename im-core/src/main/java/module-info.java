/** The router of one-to-one messages, and the JSON protocols over Jackson's streaming API. */
module im.pair.core {
  requires static com.fasterxml.jackson.core;
  requires static org.jspecify;

  exports im.pair.core;
  exports im.pair.wire;
}
