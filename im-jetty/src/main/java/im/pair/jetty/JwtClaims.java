package im.pair.jetty;

import im.pair.core.UserId;
import im.pair.wire.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the claims of a token whose signature is right. Source: RFC 7519 §4.1.
 *
 * @param issuer what {@code iss} must be; null: anything or nothing
 * @param audience what {@code aud} must be or hold; null: anything or nothing
 * @param leeway how much longer and earlier than it says a token is good
 */
record JwtClaims(@Nullable String issuer, @Nullable String audience, Duration leeway) {
  /** The last second of the year 9999: a time after it is a mistake. */
  private static final long MAX_SECONDS = 253_402_300_799L;

  /** Whose token it is, or why it is refused, in words that hold no part of it. */
  record Verdict(@Nullable Identity identity, String why) {
    static Verdict refused(String why) {
      return new Verdict(null, why);
    }
  }

  Verdict judge(Map<String, Object> claims, Instant now) {
    Instant exp = time(claims.get("exp"));
    if (exp == null) {
      return Verdict.refused("its exp is missing or no time");
    }
    Instant end = exp.plus(leeway);
    if (!now.isBefore(end)) {
      return Verdict.refused("it has expired");
    }
    if (claims.get("nbf") != null) {
      Instant begin = time(claims.get("nbf"));
      if (begin == null || now.isBefore(begin.minus(leeway))) {
        return Verdict.refused("it is not valid yet");
      }
    }
    if (issuer != null && !issuer.equals(claims.get("iss"))) {
      return Verdict.refused("its iss is missing or another");
    }
    if (audience != null && !names(audience, claims.get("aud"))) {
      return Verdict.refused("its aud is missing or another");
    }
    return claims.get("sub") instanceof String sub && UserId.isValid(sub)
        ? new Verdict(new Identity(new UserId(sub), end.toEpochMilli()), "")
        : Verdict.refused("its sub is missing or no user id");
  }

  private static boolean names(String audience, @Nullable Object aud) {
    return aud instanceof Collection<?> several ? several.contains(audience) : audience.equals(aud);
  }

  /** A number of seconds, which may have a fraction; null for what is no time. */
  private static @Nullable Instant time(@Nullable Object claim) {
    return claim instanceof Number seconds
            && seconds.doubleValue() >= 0
            && seconds.doubleValue() <= MAX_SECONDS
        ? Instant.ofEpochMilli((long) (seconds.doubleValue() * 1_000))
        : null;
  }
}
