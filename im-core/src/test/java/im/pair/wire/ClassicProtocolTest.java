package im.pair.wire;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.CloseReason;
import im.pair.core.Draft;
import im.pair.core.InMemoryMessageStore;
import im.pair.core.PairRouter;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassicProtocolTest {
  private final PairRouter router = PairRouter.builder().build();

  private final class Client {
    final InMemoryTransport transport = new InMemoryTransport();
    final ClassicProtocol protocol = new ClassicProtocol(router, transport);

    boolean says(String frame) {
      return protocol.receive(frame.replace('\'', '"'));
    }

    List<String> hears() {
      return transport.take().stream().map(frame -> frame.replace('"', '\'')).toList();
    }
  }

  private final Client one = new Client();
  private final Client two = new Client();

  @Test
  void whatOneSaysBothHear() {
    one.says("{'userId':'111','targetId':'222'}");
    two.says("{'userId':'222','targetId':'111'}");
    assertThat(one.hears()).as("joining has no reply").isEmpty();

    one.says("{'userId':'111','targetId':'222','message':'hi'}");

    assertThat(one.hears()).containsExactly("{'id':'111','msg':'hi'}");
    assertThat(two.hears()).containsExactly("{'id':'111','msg':'hi'}");
  }

  @Test
  void theFirstFrameOfAllMayHoldAMessage() {
    one.says("{'userId':'111','targetId':'222','message':''}");

    assertThat(one.hears()).containsExactly("{'id':'111','msg':''}");
  }

  @Test
  void theFirstFrameBindsTheConnection() {
    one.says("{'userId':'111','targetId':'222'}");
    one.says("{'userId':'333','targetId':'222','message':'as another'}");

    assertThat(one.hears())
        .containsExactly("{'id':null,'msg':'this connection speaks for '111'','error':'identity'}");
    assertThat(router.isOnline(new UserId("333"))).isFalse();
  }

  @Test
  void aRefusedFrameBindsNothing() {
    one.says("{'userId':'111','targetId':'111'}");
    one.says("{'userId':'333','targetId':'222','message':'hi'}");

    assertThat(one.hears()).last().isEqualTo("{'id':'333','msg':'hi'}");
  }

  @Test
  void idsAreToldInTheTypeThatTheConnectionUsedForThem() {
    one.says("{'userId':111,'targetId':'222'}");
    two.says("{'userId':'222','targetId':'111'}");

    one.says("{'userId':111,'targetId':'222','message':'a'}");
    two.says("{'userId':222,'targetId':'111','message':'b'}");

    assertThat(one.hears()).containsExactly("{'id':111,'msg':'a'}", "{'id':'222','msg':'b'}");
    assertThat(two.hears()).containsExactly("{'id':'111','msg':'a'}", "{'id':222,'msg':'b'}");
  }

  @Test
  void oneConnectionTalksInManyPairs() {
    Client three = new Client();
    two.says("{'userId':'222','targetId':'111'}");
    three.says("{'userId':'333','targetId':'111'}");
    one.says("{'userId':'111','targetId':'222','message':'to two'}");
    one.says("{'userId':'111','targetId':'333','message':'to three'}");
    two.says("{'userId':'222','targetId':'111','message':'back'}");

    assertThat(one.hears()).hasSize(3);
    assertThat(two.hears()).hasSize(2);
    assertThat(three.hears()).containsExactly("{'id':'111','msg':'to three'}");
  }

  @Test
  void aConnectionJoinsNoMorePairsThanItMayAndKeepsTheOthers() {
    for (int i = 0; i < 1_000; i++) {
      one.says("{'userId':'111','targetId':'peer" + i + "'}");
    }
    assertThat(one.hears()).isEmpty();

    one.says("{'userId':'111','targetId':5}");
    one.says("{'userId':'111','targetId':'peer1','message':'hi'}");

    List<String> heard = one.hears();
    assertThat(heard.get(0)).contains("'error':'rate'");
    assertThat(heard.get(1)).isEqualTo("{'id':'111','msg':'hi'}");
  }

  @Test
  void aMessageThatIsTooLargeIsRefused() {
    one.says("{'userId':'111','targetId':'222','message':'" + "x".repeat(16_385) + "'}");

    assertThat(one.hears())
        .containsExactly("{'id':null,'msg':'the message is too large','error':'too_large'}");
  }

  @Test
  void changesByOtherProtocolsSayNothingToClassic() {
    one.says("{'userId':'111','targetId':'222','message':'helo'}");
    UserId user = new UserId("111");
    router.append(user, new UserId("222"), Draft.edit("e", 1, "hello"));
    router.append(user, new UserId("222"), Draft.delete("d", 1));

    one.says("{'userId':'111','targetId':'222','message':'next'}");

    assertThat(one.hears())
        .containsExactly("{'id':'111','msg':'helo'}", "{'id':'111','msg':'next'}");
  }

  @Test
  void anAnswerThatFindsNoRoomWaitsAndSoDoesReading() {
    one.transport.capacity = 0;
    assertThat(one.says("rubbish")).isFalse();
    one.protocol.onWritable();
    assertThat(one.transport.resumes).isZero();

    one.transport.capacity = 1;
    one.protocol.onWritable();
    one.protocol.onWritable();

    assertThat(one.hears()).singleElement().asString().contains("bad_frame");
    assertThat(one.transport.resumes).isEqualTo(1);
    assertThat(one.says("rubbish")).isTrue();
  }

  @Test
  void messagesThatFindNoRoomFollowInOrder() {
    one.says("{'userId':'111','targetId':'222'}");
    one.transport.capacity = 1;
    two.says("{'userId':'222','targetId':'111'}");
    for (int i = 0; i < 50; i++) {
      two.says("{'userId':'222','targetId':'111','message':'m" + i + "'}");
    }
    assertThat(two.hears()).hasSize(50);

    List<String> heard = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      heard.addAll(one.hears());
      one.protocol.onWritable();
    }

    assertThat(heard).hasSize(50).first().isEqualTo("{'id':'222','msg':'m0'}");
    assertThat(heard).last().isEqualTo("{'id':'222','msg':'m49'}");
    assertThat(heard).doesNotHaveDuplicates();
  }

  @Test
  void eachEntryAndEachRejectionIsCountedOnceAlsoIfItHadToWait() {
    List<String> counted = new ArrayList<>();
    WireListener listener =
        new WireListener() {
          @Override
          public void delivered() {
            counted.add("delivered");
          }

          @Override
          public void rejected(Rejection code) {
            counted.add(code.code());
          }
        };
    InMemoryTransport transport = new InMemoryTransport();
    ClassicProtocol reader = new ClassicProtocol(router, transport, listener);
    UserId user = new UserId("111");
    reader.receive("{\"userId\":\"111\",\"targetId\":\"222\"}");
    transport.capacity = 0;
    two.says("{'userId':'222','targetId':'111','message':'waits'}");
    reader.receive("rubbish");
    String tooLarge = "x".repeat(16_385);
    reader.receive("{\"userId\":\"111\",\"targetId\":\"222\",\"message\":\"" + tooLarge + "\"}");
    router.append(new UserId("222"), user, Draft.edit("e", 1, "still waits")); // not for classic
    assertThat(counted).containsExactly("bad_frame");

    transport.capacity = Integer.MAX_VALUE;
    reader.onWritable();
    reader.onWritable();

    assertThat(transport.take()).hasSize(3);
    assertThat(counted).containsExactlyInAnyOrder("bad_frame", "too_large", "delivered");
  }

  @Test
  void aReaderWhosePlaceHasLeftTheStoreIsClosed() {
    PairRouter small = PairRouter.builder().store(new InMemoryMessageStore(200_000, 10)).build();
    InMemoryTransport slow = new InMemoryTransport();
    ClassicProtocol reader = new ClassicProtocol(small, slow);
    reader.receive("{\"userId\":\"111\",\"targetId\":\"222\"}");
    slow.capacity = 0;
    for (int i = 0; i < 500; i++) {
      small.append(new UserId("222"), new UserId("111"), Draft.message("x".repeat(1_000)));
    }
    assertThat(slow.closeReason).isNull();

    slow.capacity = 10;
    reader.onWritable();

    assertThat(slow.closeReason).isEqualTo(CloseReason.TOO_SLOW);
  }

  @Test
  void aConnectionThatEndsIsForgottenAndIsNotToldWhatCameMeanwhile() {
    one.says("{'userId':'111','targetId':'222'}");
    one.protocol.onClosed();
    one.protocol.onClosed();
    assertThat(router.isOnline(new UserId("111"))).isFalse();
    two.says("{'userId':'222','targetId':'111','message':'meanwhile'}");

    Client again = new Client();
    again.says("{'userId':'111','targetId':'222'}");
    two.says("{'userId':'222','targetId':'111','message':'now'}");

    assertThat(again.hears()).containsExactly("{'id':'222','msg':'now'}");
    assertThat(one.hears()).isEmpty();
  }

  @Test
  void aFrameOnAnEndedConnectionAttachesNobody() {
    one.protocol.onClosed();
    one.says("{'userId':'111','targetId':'222'}");

    assertThat(router.isOnline(new UserId("111"))).isFalse();
  }

  @Test
  void closingTheRouterEndsTheConnection() {
    one.says("{'userId':'111','targetId':'222'}");

    router.close();

    assertThat(one.transport.closeReason).isEqualTo(CloseReason.DRAINING);
  }
}
