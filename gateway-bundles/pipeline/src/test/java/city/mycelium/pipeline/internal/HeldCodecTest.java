package city.mycelium.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeldCodecTest {

  private static final DeviceId KIT = new DeviceId("paddenstoel.1");
  private static final long NOON = 1_795_435_200_000L; // 2026-11-23T12:00:00Z

  private static final Channel PM25 =
      new Channel(KIT, "PM25", Vocabulary.PM2_5, Unit.MICROGRAM_PER_CUBIC_METRE, null);

  /** One Reading of every shape, with the values that are easy to damage among them. */
  private static final HeldCodec.Held HELD =
      new HeldCodec.Held(
          Received.at(NOON),
          List.of(
              reading(PM25, null, new Result.Measurement(-0.0)),
              reading(PM25, PhenomenonTime.at(NOON - 1), new Result.Measurement(0.1 + 0.2)),
              reading(PM25, PhenomenonTime.between(0, NOON), new Result.Truth(true)),
              reading(PM25, null, new Result.Text("")),
              reading(PM25, null, new Result.Text("Hef is open \uD83C\uDF44")),
              reading(PM25, null, new Result.Category("occupied")),
              reading(PM25, null, new Result.Counter(Long.MAX_VALUE)),
              reading(PM25, null, new Result.Position(52.8, -5.3, null)),
              reading(PM25, null, new Result.Position(-52.8, 5.3, -0.5)),
              reading(
                  new Channel(
                      KIT,
                      "mood",
                      new ObservedProperty(
                          "street-mood",
                          URI.create("urn:example:mood"),
                          Unit.PERCENT,
                          Double.NEGATIVE_INFINITY,
                          95.5),
                      Unit.ONE,
                      Duration.ofNanos(1_500_000_001)),
                  null,
                  new Result.Measurement(0.5)),
              reading(power(null), null, new Result.Measurement(300)),
              reading(power(Duration.ofMinutes(1)), null, new Result.Measurement(300))));

  /** Personal by nature. */
  private static Channel power(@Nullable Duration period) {
    return new Channel(KIT, "power", Vocabulary.ACTIVE_POWER, Unit.WATT, period, true);
  }

  @Test
  void everyShapeOfReadingComesBackAsItWas() throws Exception {
    assertThat(HeldCodec.decode(KIT, HeldCodec.encode(HELD))).isEqualTo(HELD);
  }

  @Test
  void whatIsKnownOfItsReceiptComesBackAsItWas() throws Exception {
    HeldCodec.Held held =
        new HeldCodec.Held(
            new Received(NOON, PhenomenonTime.between(NOON - 9, NOON + 1)),
            List.of(reading(PM25, null, new Result.Measurement(1))));

    assertThat(HeldCodec.decode(KIT, HeldCodec.encode(held))).isEqualTo(held);
  }

  // Version 1 is the same without the interval of receipt, and its flag.
  @Test
  void whatAnEarlierVersionHeldIsRead() throws Exception {
    byte[] whole = HeldCodec.encode(HELD);
    byte[] earlier = new byte[whole.length - 1];
    System.arraycopy(whole, 0, earlier, 0, 9);
    System.arraycopy(whole, 10, earlier, 9, whole.length - 10);
    earlier[0] = 1;

    assertThat(HeldCodec.decode(KIT, earlier)).isEqualTo(HELD);
  }

  // The longest that a driver may say, in characters that are longest in bytes.
  @Test
  void theLongestTextComesBackAsItWas() throws Exception {
    HeldCodec.Held held =
        new HeldCodec.Held(
            Received.at(NOON),
            List.of(reading(PM25, null, new Result.Text("\u20AC".repeat(1_024)))));

    assertThat(HeldCodec.decode(KIT, HeldCodec.encode(held))).isEqualTo(held);
  }

  // The key has done its work by then; and the device is a part of the name that it is kept under.
  @Test
  void sourceKeyAndDeviceAreNotKept() throws Exception {
    HeldCodec.Held held =
        new HeldCodec.Held(
            Received.at(NOON),
            List.of(new Reading(PM25, null, new Result.Measurement(1), "a key")));

    Reading back =
        HeldCodec.decode(new DeviceId("other"), HeldCodec.encode(held)).readings().get(0);

    assertThat(back.sourceKey()).isNull();
    assertThat(back.channel().device()).isEqualTo(new DeviceId("other"));
  }

  @Test
  void whatWasCutOffAnywhereIsRefused() {
    byte[] whole = HeldCodec.encode(HELD);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);

      assertThatThrownBy(() -> HeldCodec.decode(KIT, cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatIsTooLongOrEmptyOrOfAnotherVersionIsRefusedInWords() {
    byte[] whole = HeldCodec.encode(HELD);
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    byte[] none = Arrays.copyOf(whole, 14);
    none[13] = 0;
    byte[] newer = whole.clone();
    newer[0] = 3;

    assertThatThrownBy(() -> HeldCodec.decode(KIT, longer))
        .isInstanceOf(IOException.class)
        .hasMessage("held readings are damaged: something follows them");
    assertThatThrownBy(() -> HeldCodec.decode(KIT, none))
        .isInstanceOf(IOException.class)
        .hasMessage("held readings are damaged: there are 0");
    assertThatThrownBy(() -> HeldCodec.decode(KIT, newer))
        .isInstanceOf(IOException.class)
        .hasMessage("held readings of version 3, which this one cannot read");
  }

  // Whatever the medium gives back: Held, or an IOException; never a bug, never a heap of memory.
  @Test
  void garbageIsRefusedWithAnOrdinaryException() {
    Random random = new Random(20261123);
    byte[] whole = HeldCodec.encode(HELD);
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes;
      if (i % 2 == 0) {
        bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        if (bytes.length > 0) {
          bytes[0] = (byte) (1 + i / 2 % 2);
        }
      } else {
        bytes = whole.clone();
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(HeldCodec.decode(KIT, bytes).readings()).isNotEmpty();
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(5_000, 9_999);
  }

  private static Reading reading(Channel channel, @Nullable PhenomenonTime time, Result result) {
    return new Reading(channel, time, result, null);
  }
}
