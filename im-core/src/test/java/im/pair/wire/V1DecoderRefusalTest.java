package im.pair.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import im.pair.core.Event;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that are refused, and by which answer. {@code '} stands for a quotation mark. */
class V1DecoderRefusalTest {
  private static final UserId BOB = new UserId("bob");
  private static final String SEND = "{'type':'send','ref':1,'to':'bob','id':'c1',";

  private static V1Frame decode(String frame) throws BadFrameException {
    return V1Decoder.decode(frame.replace('\'', '"'));
  }

  private static Event.Rejected refused(String frame) throws BadFrameException {
    V1Frame read = decode(frame);
    assertThat(read).as(frame).isInstanceOf(V1Frame.Refused.class);
    return ((V1Frame.Refused) read).rejected();
  }

  private static void assertRefused(
      String frame, @Nullable String ref, @Nullable UserId to, @Nullable String id, Rejection code)
      throws BadFrameException {
    Event.Rejected rejected = refused(frame);
    assertThat(rejected)
        .as(frame)
        .isEqualTo(new Event.Rejected(ref, to, id, code, rejected.reason(), 0));
    assertThat(rejected.reason()).isNotBlank().hasSizeLessThan(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "hello",
        "null",
        "1",
        "'ping'",
        "[]",
        "[{'type':'ping'}]",
        "{",
        "}",
        "{}",
        "{'type'}",
        "{'type':}",
        "{'type':'ping'",
        "{'type':'ping',}",
        "{,'type':'ping'}",
        "{'type':'ping'}}",
        "{'type':'ping'}{}",
        "{'type':'ping'} x",
        "{'type':'ping'}\u0000",
        "{'type':'ping','type':'ping'}",
        "{'type':'ping','t\\u0079pe':null}",
        "{'type':null}",
        "{'type':1}",
        "{'type':true}",
        "{'type':['ping']}",
        "{'type':{'ping':1}}",
        "{'type':''}",
        "{'type':'null'}",
        "{'type':'Ping'}",
        "{'type':'ping '}",
        "{'type':'welcome'}",
        "{'type':'entry'}",
        "{'type':'error'}",
        "{'type':'ping','ref':true}",
        "{'type':'ping','ref':[]}",
        "{'type':'ping','ref':{}}",
        "{'type':'ping','ref':[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25]}",
        "{'type':'ping','ref':-1}",
        "{'type':'ping','ref':-0}",
        "{'type':'ping','ref':1.0}",
        "{'type':'ping','ref':1e3}",
        "{'type':'ping','ref':01}",
        "{'type':'ping','ref':9007199254740992}",
        "{'type':'ping','ref':99999999999999999999999999999999}",
        "{'type':'ping','ref':'\\ud800'}",
        "{'type':'ping','ref':'\\u0000'}",
        "{'type':'ping','ref':'12345678901234567890123456789012345678901234567890123456789012345'}",
        "{'type':'send'}",
        "{'type':'send','to':'bob','body':'hi'}",
        "{'type':'send','to':'bob','id':null,'body':'hi'}",
        "{'type':'send','to':'bob','id':'','body':'hi'}",
        "{'type':'send','to':'bob','id':1,'body':'hi'}",
        "{'type':'send','to':'bob','id':'é','body':'hi'}",
        "{'type':'send','to':'bob','id':'a\\nb','body':'hi'}",
        "{'type':'send','to':'bob','id':'\\u007f','body':'hi'}",
        "{'type':'send','to':'bob','body':'hi','id':'12345678901234567890123456789012345678901234567890123456789012345'}",
        "{'type':'hello','token':1}",
        "{'type':'hello','token':{}}",
        "{'type':'hello','user':1}",
        "{'type':'hello','epoch':1}",
        "{'type':'mark'}",
        "{'type':'mark','peer':'bob'}",
        "{'type':'mark','peer':'bob','read':null}",
        "{'type':'mark','peer':1,'read':1}",
        "{'type':'typing','to':'bob'}",
        "{'type':'typing','to':'bob','on':null}",
        "{'type':'typing','to':'bob','on':1}",
        "{'type':'typing','to':'bob','on':'true'}",
        "{'type':'typing','on':true}",
        "{'type':'watch'}",
        "{'type':'watch','peers':null}",
        "{'type':'watch','peers':'bob'}",
        "{'type':'watch','peers':{'bob':1}}",
        "{'type':'watch','peers':[1]}",
        "{'type':'watch','peers':[null]}",
        "{'type':'watch','peers':['bob',['eve']]}",
        "{'type':'watch','peers':[{}]}",
        "{'type':'history','peer':'bob'}",
        "{'type':'conversations'}",
      })
  void withNothingToAnswerToItIsAnError(String frame) {
    BadFrameException error = catchThrowableOfType(BadFrameException.class, () -> decode(frame));

    assertThat(error).as(frame).isNotNull();
    assertThat(error.code()).isEqualTo(Rejection.BAD_FRAME);
    assertThat(error.getMessage()).isNotBlank().hasSizeLessThan(200);
    assertThat(error.getStackTrace()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'type':'pong'",
        "'type':null",
        "'type':1",
        "'x':'ping'",
        "'type':'send','to':'bob','body':'hi'",
        "'type':'send','to':'bob','body':'hi','id':'\\t'",
        "'type':'hello','token':1",
        "'type':'hello','epoch':[]",
        "'type':'mark','peer':'bob'",
        "'type':'mark','read':1",
        "'type':'mark','peer':null,'read':1",
        "'type':'mark','peer':{},'read':1",
        "'type':'typing','to':'bob'",
        "'type':'typing','to':'bob','on':0",
        "'type':'watch'",
        "'type':'watch','peers':[true]",
        "'type':'watch','peers':[[]]",
        "'type':'history'",
        "'type':'history','peer':'bob','before':1,'after':1",
        "'type':'history','peer':'bob','before':'1'",
        "'type':'history','peer':'bob','limit':true",
        "'type':'conversations','limit':'50'",
        "'type':'conversations','limit':-1",
        "'type':'conversations','cursor':5",
        "'type':'conversations','cursor':''",
        "'type':'conversations','cursor':'.'",
        "'type':'conversations','cursor':'.bob'",
        "'type':'conversations','cursor':'5'",
        "'type':'conversations','cursor':'bob.5'",
        "'type':'conversations','cursor':'-5.bob'",
        "'type':'conversations','cursor':'٥.bob'",
        "'type':'conversations','cursor':'9007199254740992.bob'",
        "'type':'conversations','cursor':'99999999999999999.bob'",
      })
  void withAReferenceItIsARejection(String fields) throws Exception {
    assertRefused("{'ref':'r'," + fields + "}", "\"r\"", null, null, Rejection.BAD_FRAME);
    assertRefused("{" + fields + ",'ref':7}", "7", null, null, Rejection.BAD_FRAME);
  }

  static Stream<Arguments> noIntegers() {
    return Stream.of(
            "'8'",
            "true",
            "[8]",
            "{}",
            "8.0",
            "8e0",
            "-8",
            "-0",
            "9007199254740992",
            "1e999",
            "12345678901234567890",
            "''")
        .flatMap(
            value ->
                Stream.of(
                    arguments("{'type':'mark','ref':1,'peer':'bob','delivered':", value),
                    arguments("{'type':'mark','ref':1,'peer':'bob','delivered':1,'read':", value),
                    arguments("{'type':'history','ref':1,'peer':'bob','before':", value),
                    arguments("{'type':'history','ref':1,'peer':'bob','after':", value),
                    arguments("{'type':'history','ref':1,'peer':'bob','limit':", value)));
  }

  @ParameterizedTest
  @MethodSource("noIntegers")
  void anIntegerIsPlainDigitsUpTo9007199254740991(String head, String value) throws Exception {
    assertRefused(head + value + "}", "1", null, null, Rejection.BAD_FRAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "'7,1'",
        "7",
        "{'bob':7}",
        "{'bob':null}",
        "{'bob':{}}",
        "{'bob':[]}",
        "{'bob':[7]}",
        "{'bob':[7,1,1]}",
        "{'bob':[7,null]}",
        "{'bob':[7,true]}",
        "{'bob':[7,[1]]}",
        "{'bob':[7,{}]}",
        "{'bob':[7,-1]}",
        "{'bob':[7,1.0]}",
        "{'bob':[7,1e3]}",
        "{'bob':[7,9007199254740992]}",
        "{'bob':['7','1']}",
        "{'bob':['',1]}",
        "{'bob':[7,'']}",
        "{'eve':[1,1],'bob':[7]}",
      })
  void aCursorIsTwoIntegers(String cursors) throws Exception {
    String frame = "{'type':'hello','ref':1,'user':'alice','epoch':'e','cursors':" + cursors + "}";

    assertRefused(frame, "1", null, null, Rejection.BAD_FRAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'body':null",
        "'body':''",
        "'body':1",
        "'body':['hi']",
        "'body':'hi','data':[]",
        "'body':'hi','data':'{}'",
        "'body':'hi','data':1",
        "'body':'hi','data':true",
        "'body':'hi','of':1",
        "'body':'hi','of':'0'",
        "'body':'hi','kind':1",
        "'body':'hi','kind':''",
        "'body':'hi','kind':'MESSAGE'",
        "'body':'hi','kind':'erase'",
        "'kind':'edit','body':'ho'",
        "'kind':'edit','of':0,'body':'ho'",
        "'kind':'edit','of':1,'body':''",
        "'kind':'edit','of':1",
        "'kind':'edit','of':1.5,'body':'ho'",
        "'kind':'edit','of':9007199254740992,'body':'ho'",
        "'kind':'edit','of':1,'body':'ho','data':{}",
        "'kind':'delete'",
        "'kind':'delete','of':1,'body':''",
        "'kind':'delete','of':1,'data':{}",
        "'kind':'react','of':1",
        "'kind':'react','body':'👍'",
        "'kind':'react','of':1,'body':'👍','data':{}",
      })
  void aSendOfTheWrongShapeIsRejectedByItsId(String rest) throws Exception {
    assertRefused(SEND + rest + "}", "1", BOB, "c1", Rejection.BAD_FRAME);
    assertRefused(
        "{" + rest + ",'id':' ~','to':'bob','type':'send'}", null, BOB, " ~", Rejection.BAD_FRAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'x':1", "'to':null", "'to':1", "'to':['bob']", "'to':{}"})
  void aSendToNobodyIsRejectedByItsId(String to) throws Exception {
    assertRefused(
        "{'type':'send','id':'c1','body':'hi'," + to + "}", null, null, "c1", Rejection.BAD_FRAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ".", "bob.", "-bob", "b b", "böb", "b/b", "b\\u0301b", "<b>", "b\\nb"})
  void aNameThatIsNoUsersHasACodeOfItsOwn(String name) throws Exception {
    String quoted = "'" + name + "'";
    String send = "{'type':'send','id':'c1','body':'hi','to':" + quoted + "}";
    assertRefused(send, null, null, "c1", Rejection.BAD_USER);
    for (String fields :
        new String[] {
          "'type':'hello','user':" + quoted,
          "'type':'hello','cursors':{" + quoted + ":[1,1]}",
          "'type':'mark','read':1,'peer':" + quoted,
          "'type':'typing','on':true,'to':" + quoted,
          "'type':'watch','peers':['bob'," + quoted + "]",
        }) {
      assertRefused("{" + fields + "}", null, null, null, Rejection.BAD_USER);
      assertRefused("{'ref':1," + fields + "}", "1", null, null, Rejection.BAD_USER);
    }
    assertRefused(
        "{'type':'history','ref':1,'peer':" + quoted + "}", "1", null, null, Rejection.BAD_USER);
    assertRefused(
        "{'type':'conversations','ref':1,'cursor':'5." + name + "'}",
        "1",
        null,
        null,
        Rejection.BAD_USER);
  }

  @Test
  void aNameHas64CharactersAtMost() throws Exception {
    assertThat(decode("{'type':'hello','user':'" + "b".repeat(64) + "'}"))
        .isInstanceOf(V1Frame.Hello.class);
    assertRefused(
        "{'type':'hello','user':'" + "b".repeat(65) + "'}", null, null, null, Rejection.BAD_USER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'kind':'edit','body':'ho'|of",
        "'body':''|body",
        "'body':1|body",
        "'kind':'no'|kind",
        "'body':'hi','data':[]|data",
      })
  void theReasonNamesTheField(String rest, String field) throws Exception {
    assertThat(refused(SEND + rest + "}").reason()).contains("'" + field + "'");
  }
}
