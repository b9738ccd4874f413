package city.mycelium.driver.i2c.internal.bus;

import city.mycelium.driver.i2c.internal.bus.BusFault.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An adapter as i2c-dev offers it (Documentation/i2c/dev-interface.rst): lays out the structures of
 * linux/i2c.h and linux/i2c-dev.h, whichever library hands them to the kernel.
 */
final class LinuxAdapter implements Adapter {

  // linux/i2c-dev.h
  static final long I2C_SLAVE = 0x0703;
  static final long I2C_FUNCS = 0x0705;
  static final long I2C_RDWR = 0x0707;
  static final long I2C_SMBUS = 0x0720;

  /** I2C_M_RD (linux/i2c.h). */
  private static final short READ = 0x0001;

  /**
   * struct i2c_msg: u16 addr, u16 flags, u16 len, two bytes of padding, u8 *buf. The pointer stands
   * at 8 with 4 bytes as with 8, since 6 is rounded up to either.
   */
  private static final int FLAGS = 2;

  private static final int LEN = 4;
  private static final int BUF = 8;

  /** struct i2c_smbus_ioctl_data: u8 read_write, u8 command, u32 size, union *data. */
  private static final int COMMAND = 1;

  private static final int SIZE = 4;
  private static final int DATA = 8;

  /** Where the bytes of messages begin: behind two of them. */
  private static final int MESSAGE_BYTES = 32;

  /** Where union i2c_smbus_data begins: behind struct i2c_smbus_ioctl_data, 16 bytes at most. */
  private static final int UNION = 16;

  private static final int USUAL_BYTES = 256;

  private final DeviceFile file;
  private final Functions functions;
  private ByteBuffer room;

  private LinuxAdapter(DeviceFile file, Functions functions, ByteBuffer room) {
    this.file = file;
    this.functions = functions;
    this.room = room;
  }

  static Adapter open(DeviceFile.Opener files, String path) throws BusFault {
    DeviceFile file = files.open(path);
    ByteBuffer room = room(USUAL_BYTES);
    int errno = file.ioctl(I2C_FUNCS, room);
    if (errno != 0) {
      file.close();
      throw BusFault.of(Step.OPEN, errno);
    }
    // An unsigned long, of which the lower 32 bits are used.
    long mask = file.pointerBytes() == Long.BYTES ? room.getLong(0) : room.getInt(0);
    return new LinuxAdapter(file, new Functions((int) mask), room);
  }

  @Override
  public Functions functions() {
    return functions;
  }

  @Override
  public void claim(int address) throws BusFault {
    check(Step.CLAIM, file.ioctl(I2C_SLAVE, address));
  }

  @Override
  public int[] transfer(int address, int[] written, int count) throws BusFault {
    boolean writes = written.length > 0;
    boolean reads = count > 0;
    if (!writes && !reads) {
      throw new IllegalArgumentException("a transfer writes or reads something");
    }
    int from = MESSAGE_BYTES + written.length;
    if (room.capacity() < from + count) {
      room = room(from + count);
    }
    int size = BUF + file.pointerBytes();
    int[] pointers = new int[writes && reads ? 4 : 2];
    if (writes) {
      message(0, address, (short) 0, written.length);
      put(MESSAGE_BYTES, written);
      pointers[0] = BUF;
      pointers[1] = MESSAGE_BYTES;
    }
    if (reads) {
      int at = writes ? size : 0;
      message(at, address, READ, count);
      pointers[pointers.length - 2] = at + BUF;
      pointers[pointers.length - 1] = from;
    }
    check(Step.TRANSFER, file.messages(room, pointers));
    return get(from, count);
  }

  @Override
  public int[] smbus(Smbus call) throws BusFault {
    room.put(0, (byte) (call.reads() ? 1 : 0)); // I2C_SMBUS_READ 1, I2C_SMBUS_WRITE 0
    room.put(COMMAND, (byte) call.command());
    room.putInt(SIZE, call.kind().size());
    boolean block = call.kind() == Smbus.Kind.I2C_BLOCK_DATA;
    int bytes = UNION;
    if (block) { // block[0] is the length
      room.put(UNION, (byte) (call.reads() ? call.count() : call.written().size()));
      bytes++;
    }
    if (call.kind() == Smbus.Kind.WORD_DATA && !call.reads()) {
      // The low byte goes first (SMBus 3.2, 6.5.4); the union holds a number.
      room.putShort(UNION, (short) (call.written().get(0) | (call.written().get(1) << Byte.SIZE)));
    } else {
      put(bytes, call.written().stream().mapToInt(Integer::intValue).toArray());
    }
    check(Step.TRANSFER, file.ioctl(I2C_SMBUS, room, DATA, UNION));
    if (call.kind() == Smbus.Kind.WORD_DATA && call.reads()) {
      int word = room.getShort(UNION);
      return new int[] {word & 0xFF, (word >> Byte.SIZE) & 0xFF};
    }
    if (block && call.reads() && room.get(UNION) != call.count()) {
      throw BusFault.of(Step.TRANSFER, Errno.EPROTO); // fewer bytes than were asked for
    }
    return get(bytes, call.count());
  }

  @Override
  public void close() {
    file.close();
  }

  private void message(int at, int address, short flags, int length) {
    room.putShort(at, (short) address);
    room.putShort(at + FLAGS, flags);
    room.putShort(at + LEN, (short) length);
  }

  private void put(int at, int[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      room.put(at + i, (byte) bytes[i]);
    }
  }

  private int[] get(int at, int count) {
    int[] bytes = new int[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = Byte.toUnsignedInt(room.get(at + i));
    }
    return bytes;
  }

  private static void check(Step step, int errno) throws BusFault {
    if (errno != 0) {
      throw BusFault.of(step, errno);
    }
  }

  private static ByteBuffer room(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
