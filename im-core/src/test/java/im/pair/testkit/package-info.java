/**
 * The test kit, shipped as im-core's test-jar: an in-memory connection, a manual clock, a recording
 * listener, and the contracts that every transport's {@link im.pair.core.Connection} and every
 * {@link im.pair.core.MessageStore} must pass. To test your own, extend {@link
 * im.pair.testkit.ConnectionContract} or {@link im.pair.testkit.MessageStoreContract}.
 */
@NullMarked
package im.pair.testkit;

import org.jspecify.annotations.NullMarked;
