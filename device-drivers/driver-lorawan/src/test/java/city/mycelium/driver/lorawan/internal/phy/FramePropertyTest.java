package city.mycelium.driver.lorawan.internal.phy;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.driver.lorawan.internal.device.AesKey;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What holds for every frame, and for everything that is none. */
class FramePropertyTest {

  @Provide
  Arbitrary<AesKey> keys() {
    return Arbitraries.bytes().array(byte[].class).ofSize(16).map(AesKey::of);
  }

  @Provide
  Arbitrary<DataHeader> headers() {
    Arbitrary<FCtrl> flags =
        Combinators.combine(
                Arbitraries.of(true, false),
                Arbitraries.of(true, false),
                Arbitraries.of(true, false),
                Arbitraries.of(true, false))
            .as(FCtrl::new);
    return Combinators.combine(
            Arbitraries.of(Direction.values()),
            Arbitraries.of(true, false),
            Arbitraries.integers(),
            flags,
            Arbitraries.bytes().array(byte[].class).ofMaxSize(15),
            Arbitraries.integers().between(DataHeader.NO_PORT, 255))
        .as(
            (direction, confirmed, devAddr, fCtrl, fOpts, fPort) ->
                new DataHeader(
                    direction,
                    confirmed,
                    devAddr,
                    fCtrl,
                    0,
                    fPort == 0 ? new byte[0] : fOpts,
                    fPort));
  }

  private static DataHeader counted(DataHeader header, long fCnt) {
    return new DataHeader(
        header.direction(),
        header.confirmed(),
        header.devAddr(),
        header.fCtrl(),
        (int) (fCnt & 0xffff),
        header.fOpts(),
        header.fPort());
  }

  @Property
  void whatIsBuiltIsReadAgain(
      @ForAll("keys") AesKey nwkSKey,
      @ForAll("keys") AesKey appSKey,
      @ForAll("headers") DataHeader header,
      @ForAll @LongRange(min = 0, max = 0xffffffffL) long fCnt,
      @ForAll @Size(max = 222) byte[] payload)
      throws FrameException {
    SessionKeys keys = new SessionKeys(nwkSKey, appSKey);
    DataHeader said = counted(header, fCnt);
    byte[] plain = said.hasPort() ? payload : new byte[0];
    DataFrame read = (DataFrame) PhyPayload.parse(DataFrame.build(keys, said, fCnt, plain));
    assertThat(read.header()).usingRecursiveComparison().isEqualTo(said);
    assertThat(read.isFrom(keys, fCnt)).isTrue();
    assertThat(read.plain(keys, fCnt)).isEqualTo(plain);
  }

  @Property
  void oneBitThatTurnedOverIsNoticed(
      @ForAll("keys") AesKey nwkSKey,
      @ForAll("headers") DataHeader header,
      @ForAll @Size(max = 50) byte[] payload,
      @ForAll @IntRange(min = 0, max = 8 * 80) int bit) {
    SessionKeys keys = new SessionKeys(nwkSKey, AesKey.of(new byte[16]));
    byte[] plain = header.hasPort() ? payload : new byte[0];
    byte[] frame = DataFrame.build(keys, header, 0, plain);
    frame[bit / 8 % frame.length] ^= (byte) (1 << bit % 8);
    assertThat(isGenuine(frame, keys)).isFalse();
  }

  private static boolean isGenuine(byte[] bytes, SessionKeys keys) {
    try {
      return PhyPayload.parse(bytes) instanceof DataFrame frame
          && frame.isFrom(keys, frame.header().fCnt());
    } catch (FrameException e) {
      return false;
    }
  }

  @Property
  void whateverBytesAreOnlyEverRefusedWithAReason(@ForAll @Size(max = 300) byte[] bytes) {
    assertThatOnlyRefusalComesOf(bytes);
  }

  /** Behind a header that is one, the other branches are found too. */
  @Property
  void whateverFollowsAHeaderIsOnlyEverRefusedWithAReason(
      @ForAll @IntRange(min = 0, max = 7) int mType, @ForAll @Size(max = 40) byte[] rest) {
    byte[] frame = new byte[1 + rest.length];
    frame[0] = (byte) (mType << 5);
    System.arraycopy(rest, 0, frame, 1, rest.length);
    assertThatOnlyRefusalComesOf(frame);
  }

  private static void assertThatOnlyRefusalComesOf(byte[] bytes) {
    byte[] before = bytes.clone();
    Aes root = new Aes(AesKey.of(new byte[16]));
    SessionKeys keys = new SessionKeys(AesKey.of(new byte[16]), AesKey.of(new byte[16]));
    try {
      PhyPayload frame = PhyPayload.parse(bytes);
      if (frame instanceof DataFrame data) {
        data.isFrom(keys, data.header().fCnt());
        MacCommand.parse(data.header().fOpts(), data.header().direction());
        MacCommand.parse(data.plain(keys, data.header().fCnt()), data.header().direction());
      } else if (frame instanceof JoinRequest request) {
        request.isFrom(root);
      } else if (frame instanceof SealedJoinAccept accept) {
        assertThat(accept.open(root).accept().toString()).isNotEmpty();
      }
    } catch (FrameException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    assertThat(bytes).as("never changed by reading").isEqualTo(before);
  }

  @Property
  void joinAcceptIsReadAgain(
      @ForAll("keys") AesKey appKey,
      @ForAll @IntRange(min = 0, max = 0xffffff) int appNonce,
      @ForAll @IntRange(min = 0, max = 0xffffff) int netId,
      @ForAll int devAddr,
      @ForAll @IntRange(min = 0, max = 7) int offset,
      @ForAll @IntRange(min = 0, max = 15) int dataRate,
      @ForAll @IntRange(min = 0, max = 15) int delay,
      @ForAll boolean withChannels)
      throws FrameException {
    Aes root = new Aes(appKey);
    CfList channels = CfList.ofFrequencies(List.of(867_100_000L, 867_300_000L));
    JoinAccept accept =
        new JoinAccept(
            appNonce,
            netId,
            devAddr,
            offset,
            dataRate,
            delay,
            withChannels ? Optional.of(channels) : Optional.empty());
    SealedJoinAccept.Opened opened =
        ((SealedJoinAccept) PhyPayload.parse(accept.build(root))).open(root);
    assertThat(opened.isGenuine()).isTrue();
    assertThat(opened.accept()).isEqualTo(accept);
  }

  @Property
  void joinRequestIsReadAgain(
      @ForAll("keys") AesKey appKey,
      @ForAll long joinEui,
      @ForAll long devEui,
      @ForAll @IntRange(min = 0, max = 0xffff) int devNonce)
      throws FrameException {
    Aes root = new Aes(appKey);
    JoinRequest read =
        (JoinRequest)
            PhyPayload.parse(JoinRequest.build(root, new Eui(joinEui), new Eui(devEui), devNonce));
    assertThat(read.isFrom(root)).isTrue();
    assertThat(read.joinEui().value()).isEqualTo(joinEui);
    assertThat(read.devEui().value()).isEqualTo(devEui);
    assertThat(read.devNonce()).isEqualTo(devNonce);
  }

  /** What was read and what was not are together what was there, whatever it was. */
  @Property
  void macCommandsAndTheRestAreTheWhole(
      @ForAll @Size(max = 60) byte[] bytes, @ForAll Direction direction) {
    MacCommand.Run run = MacCommand.parse(bytes, direction);
    byte[] read = MacCommand.bytes(run.commands());
    byte[] whole = java.util.Arrays.copyOf(read, bytes.length);
    System.arraycopy(run.notRead(), 0, whole, read.length, run.notRead().length);
    assertThat(whole).isEqualTo(bytes);
  }
}
