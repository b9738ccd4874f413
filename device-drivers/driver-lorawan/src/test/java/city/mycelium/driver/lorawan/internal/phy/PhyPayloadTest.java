package city.mycelium.driver.lorawan.internal.phy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.driver.lorawan.internal.device.AesKey;
import city.mycelium.driver.lorawan.internal.phy.FrameException.Reason;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PhyPayloadTest {

  private static final SessionKeys KEYS =
      new SessionKeys(
          AesKey.parse("000102030405060708090a0b0c0d0e0f"),
          AesKey.parse("101112131415161718191a1b1c1d1e1f"));

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static void assertRefused(String frame, Reason reason, String word) {
    assertThatThrownBy(() -> PhyPayload.parse(hex(frame)))
        .hasMessageContaining(word)
        .asInstanceOf(InstanceOfAssertFactories.type(FrameException.class))
        .returns(reason, FrameException::reason);
  }

  /** LoRaWAN 1.0.3, 4.3.1.6: such a frame is to be ignored. */
  @Test
  void macCommandsInTwoPlacesAreRefused() throws Exception {
    assertRefused("4001020304010000020000aabbccdd", Reason.OPTIONS_TWICE, "port 0");
    // control: the same under port 1, and port 0 without FOpts
    assertThat(PhyPayload.parse(hex("4001020304010000020100aabbccdd"))).isNotNull();
    assertThat(PhyPayload.parse(hex("400102030400000000aaaabbccdd"))).isNotNull();
  }

  @Test
  void whatLoRaWan10DoesNotHaveIsRefusedByName() {
    assertRefused("4101020304000000aabbccdd", Reason.UNSUPPORTED, "major version 1");
    assertRefused("c0000000000000000000000000000000000000", Reason.UNSUPPORTED, "rejoin");
    assertRefused("e0", Reason.UNSUPPORTED, "proprietary");
  }

  @Test
  void whatIsCutOffIsRefusedWithItsLengths() {
    assertRefused("", Reason.MALFORMED, "not 0");
    assertRefused("40010203040000aabbccdd", Reason.MALFORMED, "at least 12 bytes, not 11");
    assertRefused("40010203040f0000aabbccdd", Reason.MALFORMED, "15 bytes of FOpts");
    assertRefused("00".repeat(22), Reason.MALFORMED, "23 bytes, not 22");
    assertRefused("20" + "00".repeat(17), Reason.MALFORMED, "17 bytes, or 33");
    assertRefused("40" + "00".repeat(255), Reason.MALFORMED, "not 256");
  }

  /** A bare acknowledgement: neither FOpts nor a port. */
  @Test
  void frameWithoutPortHasTwelveBytes() throws Exception {
    DataHeader header =
        new DataHeader(
            Direction.DOWN,
            false,
            0x01020304,
            new FCtrl(false, false, true, false),
            7,
            new byte[0],
            DataHeader.NO_PORT);
    byte[] frame = DataFrame.build(KEYS, header, 0x10007, new byte[0]);
    assertThat(frame).hasSize(12);
    DataFrame read = (DataFrame) PhyPayload.parse(frame);
    assertThat(read.header().hasPort()).isFalse();
    assertThat(read.header().fCtrl().ack()).isTrue();
    assertThat(read.isFrom(KEYS, 0x10007)).isTrue();
    assertThat(read.isFrom(KEYS, 0x00007)).as("the upper half of the counter counts").isFalse();
  }

  /** 4.3.3: MAC commands under port 0 are hidden with the network's key. */
  @Test
  void portZeroIsTheNetworksOwn() throws Exception {
    byte[] commands = MacCommand.bytes(List.of(MacCommand.linkCheckReq()));
    byte[] frame = DataFrame.build(KEYS, up(0), 1, commands);
    SessionKeys otherApplication = new SessionKeys(KEYS.nwkSKey(), AesKey.of(new byte[16]));
    assertThat(((DataFrame) PhyPayload.parse(frame)).plain(otherApplication, 1))
        .isEqualTo(commands);
    byte[] data = DataFrame.build(KEYS, up(1), 1, commands);
    assertThat(((DataFrame) PhyPayload.parse(data)).plain(otherApplication, 1))
        .as("control: under port 1 it is the application's")
        .isNotEqualTo(commands);
  }

  private static DataHeader up(int fPort) {
    return new DataHeader(Direction.UP, false, 0x01020304, FCtrl.NONE, 1, new byte[0], fPort);
  }

  @Test
  void unknownMacCommandEndsTheReading() {
    MacCommand.Run run = MacCommand.parse(hex("02" + "0307" + "7f" + "02"), Direction.UP);
    assertThat(run.commands())
        .extracting(MacCommand::cid)
        .containsExactly(Cid.LINK_CHECK, Cid.LINK_ADR);
    assertThat(run.notRead()).isEqualTo(hex("7f02"));
  }

  @Test
  void cutOffMacCommandIsNotRead() {
    MacCommand.Run run = MacCommand.parse(hex("0d0300"), Direction.DOWN);
    assertThat(run.commands()).isEmpty();
    assertThat(run.notRead()).isEqualTo(hex("0d0300"));
  }

  /** 5.9: whole seconds, and 1/256 of a second. */
  @Test
  void deviceTimeCountsInTwoHundredAndFiftySixthsOfASecond() {
    assertThat(MacCommand.bytes(List.of(MacCommand.deviceTimeAns(1_000_500L))))
        .isEqualTo(hex("0de803000080"));
  }

  @Test
  void keysNeverPrintThemselves() {
    assertThat(KEYS.toString() + KEYS.nwkSKey()).doesNotContain("0001020304");
  }
}
