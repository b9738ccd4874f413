package city.mycelium.testkit;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A serial cable made by the Linux kernel: a program opens {@link #slavePath} as its serial port,
 * and this side plays the device at the other end. Raw: no echo, no newline mapping, every byte
 * passes as it is. As on a wire, what the device says while nobody has the port open is lost.
 * {@link #close} is the unplugged cable: the program's next read fails.
 *
 * <p>One thread may read, another write, and any close. Linux with glibc or musl on x86-64, aarch64
 * and 32-bit ARM: the constants below are the same on all three (Linux asm-generic/fcntl.h,
 * asm-generic/poll.h, asm-generic/termbits.h, asm-generic/errno-base.h).
 */
public final class PseudoTerminal implements AutoCloseable {

  private static final int O_RDWR = 2;
  private static final int O_NOCTTY = 0x100;
  private static final int O_NONBLOCK = 0x800;
  private static final int TCSANOW = 0;
  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;
  private static final short POLLHUP = 16;
  private static final int EINTR = 4;
  private static final int EIO = 5;
  private static final int EAGAIN = 11;

  /** Room for {@code struct termios}: 60 bytes on Linux, and to spare. */
  private static final int TERMIOS_BYTES = 256;

  /** {@code struct pollfd}: int fd, short events, short revents (poll(2)). */
  private static final int POLLFD_BYTES = 8;

  private static final int POLLFD_EVENTS = 4;
  private static final int POLLFD_REVENTS = 6;

  /** How long a native call may hold the terminal, and so how long {@link #close} may take. */
  private static final int TURN_MILLIS = 20;

  private static final int PATH_BYTES = 128;

  private final int master;
  private final Path slavePath;
  private final InputStream input = new FromOtherSide();
  private final OutputStream output = new ToOtherSide();

  /**
   * Native calls hold the read side, {@link #close} the write side: nobody reads from a descriptor
   * that is closed and already somebody else's.
   */
  private final ReadWriteLock turns = new ReentrantReadWriteLock();

  private boolean closed;

  private PseudoTerminal(int master, Path slavePath) {
    this.master = master;
    this.slavePath = slavePath;
  }

  /**
   * A new terminal.
   *
   * @throws IOException if the kernel gives none: not Linux, or no /dev/pts
   */
  public static PseudoTerminal open() throws IOException {
    int master = -1;
    try {
      master = C.posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
      C.grantpt(master);
      C.unlockpt(master);
      byte[] path = new byte[PATH_BYTES];
      if (C.ptsname_r(master, path, new NativeLong(path.length)) != 0) {
        throw new IOException("the kernel does not say what the new pseudo-terminal is called");
      }
      String slave = Native.toString(path);
      makeRaw(master);
      hangUp(slave);
      return new PseudoTerminal(master, Path.of(slave));
    } catch (LastErrorException e) {
      if (master >= 0) {
        C.close(master);
      }
      throw new IOException("no pseudo-terminal to be had: " + e.getMessage(), e);
    }
  }

  /** What the program under test opens, such as {@code /dev/pts/7}. */
  public Path slavePath() {
    return slavePath;
  }

  /**
   * What the program writes to its port. A read waits for bytes, also while the port is not open,
   * and ends with -1 when this terminal is closed.
   */
  public InputStream input() {
    return input;
  }

  /**
   * What the program reads from its port. A write waits while the program does not read, is lost
   * while the port is not open, and throws when this terminal is closed.
   */
  public OutputStream output() {
    return output;
  }

  /** Whether some program has the port open now. */
  public boolean isPortOpen() {
    turns.readLock().lock();
    try {
      return !closed && (poll(POLLOUT, 0) & POLLHUP) == 0;
    } finally {
      turns.readLock().unlock();
    }
  }

  /** Pulls the cable; doing it twice does nothing. */
  @Override
  public void close() {
    turns.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        C.close(master);
      }
    } finally {
      turns.writeLock().unlock();
    }
  }

  private static void makeRaw(int master) {
    try (Memory termios = new Memory(TERMIOS_BYTES)) {
      C.tcgetattr(master, termios);
      C.cfmakeraw(termios);
      C.tcsetattr(master, TCSANOW, termios);
    }
  }

  /**
   * Opens and closes the other side once. Only from then on does the kernel report by POLLHUP that
   * nobody has it open.
   */
  private static void hangUp(String slave) {
    C.close(C.open(slave, O_RDWR | O_NOCTTY));
  }

  private int poll(short events, int millis) {
    try (Memory pollfd = new Memory(POLLFD_BYTES)) {
      pollfd.setInt(0, master);
      pollfd.setShort(POLLFD_EVENTS, events);
      pollfd.setShort(POLLFD_REVENTS, (short) 0);
      C.poll(pollfd, new NativeLong(1), millis);
      return pollfd.getShort(POLLFD_REVENTS);
    } catch (LastErrorException e) {
      if (e.getErrorCode() == EINTR) {
        return 0;
      }
      throw e;
    }
  }

  private static boolean passes(LastErrorException e) {
    return e.getErrorCode() == EINTR || e.getErrorCode() == EAGAIN || e.getErrorCode() == EIO;
  }

  private final class FromOtherSide extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      Objects.checkFromIndexSize(from, length, into.length);
      if (length == 0) {
        return 0;
      }
      byte[] chunk = new byte[length];
      while (true) {
        int count = readTurn(chunk);
        if (count > 0) {
          System.arraycopy(chunk, 0, into, from, count);
        }
        if (count != 0) {
          return count;
        }
      }
    }

    /** How many bytes came in one turn: 0 for none, -1 when closed. */
    private int readTurn(byte[] chunk) throws IOException {
      Lock turn = turns.readLock();
      turn.lock();
      try {
        if (closed) {
          return -1;
        }
        int seen = poll(POLLIN, TURN_MILLIS);
        if ((seen & POLLIN) != 0) {
          return C.read(master, chunk, new NativeLong(chunk.length)).intValue();
        }
        if ((seen & POLLHUP) == 0) {
          return 0;
        }
      } catch (LastErrorException e) {
        if (!passes(e)) {
          throw new IOException("the pseudo-terminal cannot be read", e);
        }
      } finally {
        turn.unlock();
      }
      // Nobody is there, and then poll does not wait.
      LockSupport.parkNanos(TURN_MILLIS * 1_000_000L);
      return 0;
    }
  }

  private final class ToOtherSide extends OutputStream {

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      Objects.checkFromIndexSize(from, length, bytes.length);
      byte[] rest = Arrays.copyOfRange(bytes, from, from + length);
      while (rest.length > 0) {
        rest = Arrays.copyOfRange(rest, writeTurn(rest), rest.length);
      }
    }

    /** How many bytes are gone after one turn. */
    private int writeTurn(byte[] bytes) throws IOException {
      Lock turn = turns.readLock();
      turn.lock();
      try {
        if (closed) {
          throw new IOException("the pseudo-terminal is closed");
        }
        int seen = poll(POLLOUT, TURN_MILLIS);
        if ((seen & POLLHUP) != 0) {
          return bytes.length;
        }
        return (seen & POLLOUT) == 0
            ? 0
            : C.write(master, bytes, new NativeLong(bytes.length)).intValue();
      } catch (LastErrorException e) {
        if (!passes(e)) {
          throw new IOException("the pseudo-terminal cannot be written to", e);
        }
        return 0;
      } finally {
        turn.unlock();
      }
    }
  }

  /** The C library; each call fails with the error number of the kernel. */
  private static final class C {

    static {
      Native.register(C.class, "c");
    }

    private C() {}

    static native int posix_openpt(int flags) throws LastErrorException;

    static native int grantpt(int fd) throws LastErrorException;

    static native int unlockpt(int fd) throws LastErrorException;

    static native int ptsname_r(int fd, byte[] path, NativeLong length);

    static native int tcgetattr(int fd, Pointer termios) throws LastErrorException;

    static native void cfmakeraw(Pointer termios);

    static native int tcsetattr(int fd, int actions, Pointer termios) throws LastErrorException;

    static native int open(String path, int flags) throws LastErrorException;

    static native int close(int fd);

    static native int poll(Pointer pollfds, NativeLong count, int millis) throws LastErrorException;

    static native NativeLong read(int fd, byte[] into, NativeLong length) throws LastErrorException;

    static native NativeLong write(int fd, byte[] bytes, NativeLong length)
        throws LastErrorException;
  }
}
