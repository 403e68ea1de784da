package im.pair.examples.embedded;

import im.pair.core.CloseReason;
import im.pair.core.Command;
import im.pair.core.Connection;
import im.pair.core.Draft;
import im.pair.core.Event;
import im.pair.core.Outgoing;
import im.pair.core.PairRouter;
import im.pair.core.Session;
import im.pair.core.UserId;

/** Two users talk through a router inside one program: no network, no JSON, no other library. */
public final class Embedded {
  private Embedded() {}

  /** Runs the conversation to its end. */
  public static void main(String[] args) {
    UserId alice = new UserId("alice");
    UserId bob = new UserId("bob");
    try (PairRouter router = PairRouter.builder().build()) {
      Session atAlice = router.attach(alice, new Screen("alice's screen"));
      Session atBob = router.attach(bob, new Screen("bob's screen  "));
      atAlice.live();
      atBob.live();

      atAlice.receive(new Command.Send(bob, Draft.message("a1", "Hello Bob, 你好!")));
      atBob.receive(new Command.Send(alice, Draft.message("b1", "Hello Alice 👋")));
      // Sent again, as after a lost connection: stored once, and answered with the first number.
      atAlice.receive(new Command.Send(bob, Draft.message("a1", "Hello Bob, 你好!")));
      atAlice.receive(new Command.Send(alice, Draft.message("a2", "Is anybody there?")));
    }
  }

  /** A connection to somebody who reads what is printed. */
  private record Screen(String name) implements Connection {
    @Override
    public boolean send(Outgoing event) {
      System.out.println(name + " | " + line(event.event()));
      return true; // there is always room on a screen
    }

    private static String line(Event event) {
      if (event instanceof Event.Appended appended) {
        return "#"
            + appended.entry().seq()
            + " "
            + appended.entry().from()
            + ": "
            + appended.entry().body();
      }
      if (event instanceof Event.Accepted accepted) {
        return "(" + accepted.id() + " is #" + accepted.seq() + ")";
      }
      return "(" + event + ")";
    }

    @Override
    public void resumeReading() {}

    @Override
    public void close(CloseReason reason) {
      System.out.println(name + " | (closed: " + reason.words() + ")");
    }
  }
}
