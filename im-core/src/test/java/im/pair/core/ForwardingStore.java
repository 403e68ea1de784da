package im.pair.core;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers as another store does, except where a subclass knows otherwise. */
class ForwardingStore implements MessageStore {
  final MessageStore log;

  ForwardingStore(MessageStore log) {
    this.log = log;
  }

  @Override
  public CompletionStage<AppendResult> append(Pair pair, UserId from, Draft draft, long now) {
    return log.append(pair, from, draft, now);
  }

  @Override
  public CompletionStage<Page> read(Pair pair, Range range) {
    return log.read(pair, range);
  }

  @Override
  public CompletionStage<Marked> mark(Pair pair, UserId user, long delivered, long read) {
    return log.mark(pair, user, delivered, read);
  }

  @Override
  public CompletionStage<Listing> conversations(
      UserId user, @Nullable Place after, int limit, int bytes) {
    return log.conversations(user, after, limit, bytes);
  }

  @Override
  public CompletionStage<Long> seen(UserId user, long at) {
    return log.seen(user, at);
  }

  @Override
  public CompletionStage<@Nullable Void> erase(UserId user) {
    return log.erase(user);
  }

  @Override
  public String epoch() {
    return log.epoch();
  }
}
