package city.mycelium.driver.lorawan.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PacketTest {

  private static Packet read(String hex, int most) throws IOException {
    return Packet.read(new ByteArrayInputStream(HexFormat.of().parseHex(hex)), most);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  // MQTT 3.1.1, 3.1: protocol name, level 4, flags, keep alive, client id, user, password.
  @Test
  void connectIsWrittenByteForByte() {
    assertThat(hex(Packets.connect("gw", 30, null, null)))
        .isEqualTo("100e" + "00044d515454" + "04" + "00" + "001e" + "00026777");
    assertThat(hex(Packets.connect("gw", 30, "u", new byte[] {'p'})))
        .isEqualTo(
            "1014" + "00044d515454" + "04" + "c0" + "001e" + "00026777" + "000175" + "000170");
  }

  @Test
  void theOtherPacketsAreWrittenByteForByte() {
    assertThat(hex(Packets.subscribe(1, List.of("a/b", "c"))))
        .isEqualTo("820c" + "0001" + "0003612f62" + "01" + "000163" + "01");
    assertThat(hex(Packets.puback(0x1234))).isEqualTo("40021234");
    assertThat(hex(Packets.pingreq())).isEqualTo("c000");
  }

  // MQTT 3.1.1, 2.2.3: 128 is 80 01.
  @Test
  void aLongPacketSaysItsLengthInSevenBitsAByte() throws Exception {
    byte[] packet = Packets.subscribe(1, List.of("x".repeat(123)));
    assertThat(hex(packet)).startsWith("828001");
    assertThat(Packet.read(new ByteArrayInputStream(packet), 1_000).body()).hasSize(128);
  }

  @Test
  void aPublishIsRead() throws Exception {
    Packet.Publish one = read("32" + "09" + "0003612f62" + "0007" + "cafe", 100).publish();
    assertThat(one.topic()).isEqualTo("a/b");
    assertThat(one.qos()).isEqualTo(1);
    assertThat(one.id()).isEqualTo(7);
    assertThat(hex(one.payload())).isEqualTo("cafe");
    Packet.Publish zero = read("30" + "05" + "0003612f62", 100).publish();
    assertThat(zero.qos()).isZero();
    assertThat(zero.payload()).isEmpty();
  }

  @Test
  void whatIsTooLongIsPassedByButCanBeAcknowledged() throws Exception {
    byte[] topic = new byte[200_000];
    byte[] head = HexFormat.of().parseHex("32" + "c09a0c" + "0003612f62" + "0007");
    System.arraycopy(head, 0, topic, 0, head.length);
    byte[] both = java.util.Arrays.copyOf(topic, 4 + 200_000 + 2);
    both[4 + 200_000] = (byte) 0xd0; // the next packet: PINGRESP
    ByteArrayInputStream in = new ByteArrayInputStream(both);
    Packet packet = Packet.read(in, 1_024);

    assertThat(packet.isWhole()).isFalse();
    assertThat(packet.publish().id()).isEqualTo(7);
    assertThat(Packet.read(in, 1_024).type()).isEqualTo(Packet.PINGRESP);
  }

  @Test
  void whatIsNotMqttEndsTheConnection() {
    assertThatThrownBy(() -> read("30ffffffff01", 100)).hasMessageContaining("not MQTT");
    assertThatThrownBy(() -> read("3005", 100)).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> read("", 100)).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> read("3400", 100).publish()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("32020009", 100).publish()).isInstanceOf(IOException.class);
  }

  @Property
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 60) byte[] bytes) {
    try {
      assertThat(Packet.read(new ByteArrayInputStream(bytes), 30).publish()).isNotNull();
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  // MQTT 3.1.1, 4.6: PUBACKs in the order of the PUBLISHes.
  @Test
  void whatIsKeptIsAcknowledgedInTheOrderInWhichItCame() {
    List<Integer> sent = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    Acknowledgements acknowledgements = new Acknowledgements(sent::add, failed::add);
    Acknowledgements.Place first = acknowledgements.came(1);
    Acknowledgements.Place second = acknowledgements.came(2);
    Acknowledgements.Place third = acknowledgements.came(3);
    acknowledgements.done(second, null);
    assertThat(sent).isEmpty();
    acknowledgements.done(first, null);
    assertThat(sent).containsExactly(1, 2);
    acknowledgements.done(third, new IllegalStateException("the disk is full"));

    assertThat(sent).containsExactly(1, 2);
    assertThat(failed).containsExactly("the disk is full");
  }
}
