package im.pair.simulation;

import java.util.List;

/**
 * A mistake that the simulation must notice, made in the source of the core.
 *
 * @param name what the mistake is
 * @param file the class in im.pair.core
 * @param from what stands there, once
 * @param to what is put in its place
 */
record Mutation(String name, String file, String from, String to) {
  /** The gravest first. */
  static final List<Mutation> ALL =
      List.of(
          new Mutation(
              "a number above the next one is taken for the next",
              "Conversation",
              "if (reader.cursor == head - 1 && outbox.hand(reader, outgoing)) {",
              "if (outbox.hand(reader, outgoing)) {"),
          new Mutation(
              "a page that is older than a change is believed",
              "Conversation",
              "if (!recent.reaches(page.head()) || router.erasures() != erasures) {",
              "if (router.erasures() != erasures) {"),
          new Mutation(
              "marks come before the entries before them",
              "Conversation",
              "if (!inTime || !outbox.hand(reader, event(user))) {",
              "if (!outbox.offer(event(user))) {"),
          new Mutation(
              "a mark goes back",
              "Conversation",
              "Marks now = before.max(told.getOrDefault(user, Marks.NONE));",
              "Marks now = told.getOrDefault(user, Marks.NONE);"),
          new Mutation(
              "the answer of an append does not reach the readers",
              "Appends",
              "conversation.publish(appended.entry(), append.erasures);\n    }",
              "    }"),
          new Mutation(
              "an entry is given that is not known to be stored",
              "Appends",
              ".whenComplete((result, failure) -> completed(append, result));",
              ".whenComplete((result, failure) -> completed(append, result != null ? result : new"
                  + " Appended(Entry.of(conversation.pair, conversation.head() + 1, append.from,"
                  + " router.now(), append.draft))));"),
          new Mutation(
              "the last that came is called first",
              "Appends",
              "uncalled.poll();",
              "uncalled.pollLast();"),
          new Mutation(
              "what failed is not looked for in the log",
              "Appends",
              "page.entries().forEach(entry -> find(entry, settled));",
              "page.entries().forEach(entry -> {});"),
          new Mutation(
              "a late entry is not delivered",
              "Appends",
              "conversation.publish(appended.entry(), append.erasures);\n        router",
              "router"),
          new Mutation(
              "the call that there is room again is lost",
              "Outbox",
              "    synchronized (this) {\n      paused = false;\n    }\n    catchUp();",
              "    synchronized (this) {\n      paused = false;\n    }"),
          new Mutation(
              "synced comes with the first of the logs",
              "Outbox",
              "if (unsynced == 0) {",
              "if (unsynced <= 1) {"),
          new Mutation(
              "answers that were refused are lost",
              "Outbox",
              "while (!answers.isEmpty() && push(answers.element().now(router.erasures()))) {",
              "while (!answers.isEmpty() && (push(answers.element().now(router.erasures())) || true)) {"),
          new Mutation(
              "marks are not told on a resume",
              "Reader",
              "reader.marksDue = BOTH_MARKS;",
              "reader.marksDue = 0;"),
          new Mutation(
              "resumed is always true",
              "Resume",
              "asker.answer(false);\n        return;",
              "asker.answer(true);\n        return;"),
          new Mutation(
              "the time of a cursor is not looked at",
              "Resume",
              "entry.at() == cursor.at()",
              "true"),
          new Mutation(
              "reading is not resumed",
              "Session",
              "resume = readingPaused && commands < router.limits.pendingCommands();",
              "resume = readingPaused && commands < 0;"),
          new Mutation(
              "an old page is not brought to the present",
              "Recent",
              "entry = later == null ? entry : entry.after(entryOf(later));",
              "entry = later == null ? entry : entry;"),
          new Mutation(
              "what is kept does not change with the log",
              "Recent",
              "entries.replaceAll((seq, old) -> after(old, entry));",
              "entries.replaceAll((seq, old) -> old);"),
          new Mutation(
              "the store forgets its ids",
              "InMemoryMessageStore",
              "Duplicate earlier = log == null ? null : log.find(from, draft.id());",
              "Duplicate earlier = null;"),
          new Mutation(
              "edits of a deleted message keep their text",
              "MemoryLog",
              "edits.forEach(seq -> change(seq, entry));",
              "edits.forEach(seq -> {});"),
          new Mutation(
              "a lower number that comes later is published too",
              "Conversation",
              "if (entry.seq() <= head) {",
              "if (entry.seq() == head) {"),
          new Mutation(
              "a page from before an erasure is believed",
              "Conversation",
              "if (!recent.reaches(page.head()) || router.erasures() != erasures) {",
              "if (!recent.reaches(page.head())) {"),
          new Mutation(
              "marks that are seen to have risen are told to the asker alone",
              "Conversation",
              "forEachReader(UNKNOWN, (outbox, reader) -> tellMarks(user, outbox, reader, behind));",
              ""),
          new Mutation(
              "one who joins is given what was there before",
              "Conversation",
              "      reader.cursor = head;\n    }\n  }",
              "      reader.cursor = 0;\n    }\n  }"),
          new Mutation(
              "the first entry of a session is missed when it is late",
              "Conversation",
              "long base = head;",
              "long base = entry.seq() - 1;"),
          new Mutation(
              "appends are called before the head is known",
              "Appends",
              "Append next = head == Conversation.UNKNOWN ? null : uncalled.poll();",
              "Append next = uncalled.poll();"),
          new Mutation(
              "who sends is not told that the store takes too long",
              "Appends",
              "overdue.forEach(append -> answer(append, null));",
              "overdue.forEach(append -> router.live.leave(conversation));"),
          new Mutation(
              "the host is told of an entry by each of its appends",
              "Appends",
              "if (append.told.contains(entry.seq()) || entry.seq() <= append.head) {",
              "if (entry.seq() < 0) {"),
          new Mutation(
              "a conversation that is over takes its readers' places with it",
              "Conversation",
              "synchronized void forgetEntries() {",
              "synchronized void forgetEntries() { forEachReader(0, (o, r) -> r.cursor = UNKNOWN);"),
          new Mutation(
              "a pair that a session reads is forgotten while it is read",
              "LiveConversations",
              "          live.guests--;\n",
              "          live.guests = 0;\n"),
          new Mutation(
              "a page is read without a stay",
              "Outbox",
              "Conversation stay = router.live.enter(reader.pair);",
              "Conversation stay = router.live.enter(reader.pair);\n    router.live.leave(stay);"),
          new Mutation(
              "presence that was refused is lost",
              "Outbox",
              "while (next != null && push(new Outgoing(next))) {\n      watch.told(next);",
              "while (next != null) {\n      push(new Outgoing(next));\n      watch.told(next);"),
          new Mutation(
              "after a failed read a reader waits for ever",
              "Outbox",
              "      stalled = false;\n      vainReads = 0;",
              "      vainReads = 0;"),
          new Mutation(
              "the epoch is not looked at",
              "Session",
              ".start(router.epoch().equals(epoch));",
              ".start(epoch != null);"),
          new Mutation(
              "any number of commands is taken",
              "Session",
              "readOn = commands < router.limits.pendingCommands();",
              "readOn = true;"),
          new Mutation(
              "a detached session stays on the roster",
              "Session",
              "if (router.roster.remove(this)) {",
              "if (!router.roster.has(user)) {"),
          new Mutation(
              "an erasure leaves what is kept in memory",
              "PairRouter",
              "            conversation.forgetEntries();\n",
              ""),
          new Mutation(
              "an erased user's sessions go on",
              "PairRouter",
              "roster.of(user).forEach(session -> session.end(CloseReason.UNAUTHENTICATED));",
              ""),
          new Mutation(
              "who is here is pushed to",
              "PairRouter",
              "if (!isOnline(entry.to())) {",
              "if (entry.seq() > 0) {"),
          new Mutation(
              "a bucket never fills again",
              "Rates",
              "long full = before == null || before - now < 0 ? now : before;",
              "long full = before == null ? now : before + interval;"),
          new Mutation(
              "the rate is looked at after the policy",
              "CommandHandler",
              "if (wait > 0) {",
              "if (wait > 0 && router.policy.mayWrite(user, send.to())) {"),
          new Mutation(
              "typing reaches whom it must not",
              "CommandHandler",
              "if (router.policy.mayWrite(user, typing.to())) {",
              "if (!user.equals(typing.to())) {"),
          new Mutation(
              "deleted messages count as unread",
              "MemoryLog",
              "      standing(from).remove(entry.of());\n",
              ""));
}
