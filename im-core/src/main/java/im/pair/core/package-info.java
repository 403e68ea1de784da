/**
 * The router of one-to-one conversations: every pair of users has one log, and every session is a
 * reader of logs.
 *
 * <p>Reading order. What is said: {@link im.pair.core.UserId}, {@link im.pair.core.Pair}, {@link
 * im.pair.core.Kind}, {@link im.pair.core.Draft}, {@link im.pair.core.Entry}, {@link
 * im.pair.core.Marks}, {@link im.pair.core.Cursor}, {@link im.pair.core.Command}, {@link
 * im.pair.core.Event}, {@link im.pair.core.Format}, {@link im.pair.core.Outgoing}, {@link
 * im.pair.core.Rejection}, {@link im.pair.core.CloseReason}. The seams: {@link
 * im.pair.core.Connection}, {@link im.pair.core.MessageStore}, {@link im.pair.core.AccessPolicy},
 * {@link im.pair.core.RouterListener}. How it works: {@link im.pair.core.Limits}, {@link
 * im.pair.core.PairRouter}, {@link im.pair.core.Session} with its {@code CommandHandler} and {@code
 * Resume}, then {@code LiveConversations}, {@code Conversation}, {@code Appends}, {@code Append},
 * {@code Reader}, {@code Recent}, {@code Outbox}, {@code Watch}, {@code Roster} and {@code Rates},
 * and last {@link im.pair.core.InMemoryMessageStore} with its {@code MemoryLog}. On the side:
 * {@code Text} and {@code SuppressForbidden}.
 */
@NullMarked
package im.pair.core;

import org.jspecify.annotations.NullMarked;
