package city.mycelium.driver.i2c.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The structures, byte by byte. Offsets and sizes are what gcc's {@code offsetof} and {@code
 * sizeof} say of linux/i2c.h and linux/i2c-dev.h on x86-64: i2c_msg addr 0, flags 2, len 4, buf 8,
 * of 16; i2c_smbus_ioctl_data read_write 0, command 1, size 4, data 8, of 16. With pointers of 4
 * bytes i2c_msg has 12 and the smbus one 12: the same fields, each aligned to its size (AAPCS32,
 * 5.3). Numbers are little-endian, as on every machine this runs on.
 */
class LinuxAdapterTest {

  private final Recorder kernel = new Recorder();

  @Test
  void theFunctionsAreAskedForFirst() throws BusFault {
    kernel.functions = 0x0EFF_0009L;

    Adapter adapter = open(8);

    assertThat(kernel.calls).containsExactly("0705");
    assertThat(adapter.functions().isPlain()).isTrue();
    assertThat(adapter.functions().can(Functions.READ_I2C_BLOCK)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void anSmbusControllerIsKnownByItsMask(int pointerBytes) throws BusFault {
    kernel.functions = 0x0C7F_0000L;

    assertThat(open(pointerBytes).functions().isPlain()).isFalse();
  }

  @Test
  void aFileThatIsNoBusIsClosedAgain() {
    kernel.errno = Errno.ENOTTY;

    assertThatThrownBy(() -> open(8))
        .isInstanceOfSatisfying(BusFault.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTTY));
    assertThat(kernel.closed).isTrue();
  }

  @Test
  void anAddressIsClaimedByNumber() throws BusFault {
    Adapter adapter = open(8);
    kernel.calls.clear();

    adapter.claim(0x76);

    assertThat(kernel.calls).containsExactly("0703 118");
  }

  // addr 0x0044, flags 0, len 2, padding; then addr 0x0044, flags I2C_M_RD, len 6.
  @Test
  void writeAndReadAreTwoMessagesOfSixteenBytes() throws BusFault {
    Adapter adapter = open(8);
    kernel.answerAt(34, 1, 2, 3, 4, 5, 6);

    int[] heard = adapter.transfer(0x44, new int[] {0x24, 0x0B}, 6);

    assertThat(heard).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(kernel.pointers).containsExactly(8, 32, 24, 34);
    assertThat(kernel.bytes(0, 8)).isEqualTo("4400000002000000");
    assertThat(kernel.bytes(16, 8)).isEqualTo("4400010006000000");
    assertThat(kernel.bytes(32, 2)).isEqualTo("240b");
  }

  @Test
  void onThirtyTwoBitsMessagesHaveTwelveBytes() throws BusFault {
    Adapter adapter = open(4);

    adapter.transfer(0x44, new int[] {0x24, 0x0B}, 6);

    assertThat(kernel.pointers).containsExactly(8, 32, 20, 34);
    assertThat(kernel.bytes(0, 6)).isEqualTo("440000000200");
    assertThat(kernel.bytes(12, 6)).isEqualTo("440001000600");
  }

  @Test
  void readAloneAndWriteAloneAreOneMessage() throws BusFault {
    Adapter adapter = open(8);
    kernel.answerAt(32, 0xAB);

    assertThat(adapter.transfer(0x23, new int[0], 1)).containsExactly(0xAB);
    assertThat(kernel.pointers).containsExactly(8, 32);
    assertThat(kernel.bytes(0, 6)).isEqualTo("230001000100");

    assertThat(adapter.transfer(0x23, new int[] {0xFF}, 0)).isEmpty();
    assertThat(kernel.bytes(0, 6)).isEqualTo("230000000100");
    assertThat(kernel.bytes(32, 1)).isEqualTo("ff");
  }

  @Test
  void aLongTransferGetsTheRoomItNeeds() throws BusFault {
    Adapter adapter = open(8);

    assertThat(adapter.transfer(0x69, new int[] {0x03}, 2_000)).hasSize(2_000);
    assertThat(kernel.structure.capacity()).isGreaterThanOrEqualTo(32 + 1 + 2_000);
  }

  // read_write 1, command 0xD0, size I2C_SMBUS_BYTE_DATA 2; the union at 16.
  @Test
  void readOfAByteBehindACommand() throws BusFault {
    Adapter adapter = open(8);
    kernel.answerAt(16, 0x60);

    assertThat(adapter.smbus(Smbus.readByteData(0xD0))).containsExactly(0x60);
    assertThat(kernel.calls).last().isEqualTo("0720");
    assertThat(kernel.pointers).containsExactly(8, 16);
    assertThat(kernel.bytes(0, 2)).isEqualTo("01d0");
    assertThat(kernel.bytes(4, 4)).isEqualTo("02000000");
  }

  // SMBus 3.2, 6.5.5: the low byte comes first; the kernel gives a number.
  @Test
  void aWordIsItsLowByteFirst() throws BusFault {
    Adapter adapter = open(8);
    kernel.answerAt(16, 0x34, 0x12);

    assertThat(adapter.smbus(Smbus.readWordData(0x05))).containsExactly(0x34, 0x12);

    adapter.smbus(Smbus.writeWordData(0x05, 0x78, 0xF6));
    assertThat(kernel.bytes(0, 2)).isEqualTo("0005");
    assertThat(kernel.bytes(4, 4)).isEqualTo("03000000");
    assertThat(kernel.bytes(16, 2)).isEqualTo("78f6");
  }

  // block[0] is the length (linux/i2c.h, union i2c_smbus_data); I2C_SMBUS_I2C_BLOCK_DATA is 8.
  @Test
  void aBlockHasItsLengthBeforeIt() throws BusFault {
    Adapter adapter = open(8);
    kernel.answerAt(16, 3, 7, 8, 9);

    assertThat(adapter.smbus(Smbus.readBlock(0xF7, 3))).containsExactly(7, 8, 9);
    assertThat(kernel.bytes(4, 4)).isEqualTo("08000000");

    adapter.smbus(Smbus.writeBlock(0x10, new int[] {1, 2, 0xFE}));
    assertThat(kernel.bytes(0, 2)).isEqualTo("0010");
    assertThat(kernel.bytes(16, 4)).isEqualTo("030102fe");
  }

  // Else bytes of an earlier call would pass for a chip's.
  @Test
  void aBlockThatIsShorterThanAskedForIsNoAnswer() throws BusFault {
    Adapter adapter = open(8);
    kernel.answerAt(16, 2, 7, 8);

    assertThatThrownBy(() -> adapter.smbus(Smbus.readBlock(0xF7, 3)))
        .isInstanceOfSatisfying(BusFault.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPROTO));
  }

  private Adapter open(int pointerBytes) throws BusFault {
    kernel.pointerBytes = pointerBytes;
    return LinuxAdapter.open(kernel, "/dev/i2c-1");
  }

  /** Keeps what the kernel would have got. */
  private static final class Recorder implements DeviceFile.Opener, DeviceFile {

    private final List<String> calls = new ArrayList<>();
    private long functions;
    private int errno;
    private int pointerBytes = 8;
    private int[] pointers = {};
    private ByteBuffer structure = ByteBuffer.allocate(0);
    private boolean closed;
    private int answerAt;
    private int[] answer = {};

    void answerAt(int at, int... bytes) {
      answerAt = at;
      answer = bytes;
    }

    String bytes(int from, int count) {
      byte[] bytes = new byte[count];
      structure.get(from, bytes);
      return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String means() {
      return "a recorder";
    }

    @Override
    public DeviceFile open(String path) {
      return this;
    }

    @Override
    public int pointerBytes() {
      return pointerBytes;
    }

    @Override
    public int ioctl(long request, int value) {
      calls.add("%04x %d".formatted(request, value));
      return errno;
    }

    @Override
    public int ioctl(long request, ByteBuffer given, int... where) {
      calls.add("%04x".formatted(request));
      keep(given, where);
      if (request == LinuxAdapter.I2C_FUNCS) {
        if (pointerBytes == 8) {
          given.putLong(0, functions);
        } else {
          given.putInt(0, (int) functions);
        }
      }
      return errno;
    }

    @Override
    public int messages(ByteBuffer given, int... where) {
      calls.add("messages");
      keep(given, where);
      return errno;
    }

    @Override
    public void close() {
      closed = true;
    }

    private void keep(ByteBuffer given, int... where) {
      assertThat(given.isDirect()).isTrue();
      pointers = Arrays.copyOf(where, where.length);
      structure = ByteBuffer.allocate(given.capacity());
      for (int i = 0; i < given.capacity(); i++) {
        structure.put(i, given.get(i));
      }
      for (int i = 0; i < answer.length; i++) {
        given.put(answerAt + i, (byte) answer[i]);
      }
      answer = new int[0];
    }
  }
}
