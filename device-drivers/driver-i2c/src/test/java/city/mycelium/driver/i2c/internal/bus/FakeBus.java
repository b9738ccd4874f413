package city.mycelium.driver.i2c.internal.bus;

import city.mycelium.driver.i2c.internal.bus.BusFault.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A bus with chips and multiplexers on it that does what Linux would, and can be told to fail. Says
 * what was done in {@link #log}.
 */
public final class FakeBus implements Adapter.Opener {

  /** What a Raspberry Pi's controller says (I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL). */
  public static final int RASPBERRY_PI = 0x0EFF_0009;

  /** What i2c-stub says by default: quick, byte, byte data, word data, I2C block. */
  public static final int STUB = 0x0C7F_0000;

  /** A chip: keeps what is written to its registers, and its pointer moves on. */
  public static final class Chip {
    public final int[] registers = new int[256];
    private int pointer;

    void write(List<Integer> bytes) {
      for (int i = 0; i < bytes.size(); i++) {
        if (i == 0) {
          pointer = bytes.get(0);
        } else {
          registers[pointer++ & 0xFF] = bytes.get(i);
        }
      }
    }

    int read() {
      return registers[pointer++ & 0xFF];
    }
  }

  /** What hangs on one set of wires. */
  public static final class Segment {
    private final Map<Integer, Chip> chips = new TreeMap<>();
    private final Map<Integer, Mux> muxes = new TreeMap<>();

    public Chip chip(int address) {
      return chips.computeIfAbsent(address, a -> new Chip());
    }

    public Mux mux(int address) {
      return muxes.computeIfAbsent(address, a -> new Mux());
    }

    public void unplug(int address) {
      chips.remove(address);
      muxes.remove(address);
    }
  }

  /** A TCA9548A. */
  public static final class Mux {
    private final Map<Integer, Segment> channels = new HashMap<>();
    int control;

    public Segment channel(int channel) {
      return channels.computeIfAbsent(channel, c -> new Segment());
    }
  }

  public final Segment root = new Segment();
  public final List<String> log = new ArrayList<>();
  private final int functions;
  private final Map<Integer, Integer> claimFaults = new HashMap<>();
  private int openFault;
  private int nextTransferFault;
  private int alwaysTransferFault;
  private Runnable inTransfer = () -> {};
  private int claimed = -1;
  private int opened;
  private int closed;

  public FakeBus(int functions) {
    this.functions = functions;
  }

  /** Opening fails from now on; 0: no more. */
  public void failOpening(int errno) {
    openFault = errno;
  }

  /** The kernel refuses an address. */
  public void failClaim(int address, int errno) {
    claimFaults.put(address, errno);
  }

  /** The next transfer fails. */
  public void failNext(int errno) {
    nextTransferFault = errno;
  }

  /** Each transfer fails; 0: no more. */
  public void failAlways(int errno) {
    alwaysTransferFault = errno;
  }

  /** This happens in each transfer from now on, such as the passing of time. */
  public void slow(Runnable what) {
    inTransfer = what;
  }

  public int opened() {
    return opened;
  }

  public boolean isOpen() {
    return opened > closed;
  }

  @Override
  public Adapter open(String path) throws BusFault {
    if (openFault != 0) {
      throw BusFault.of(Step.OPEN, openFault);
    }
    opened++;
    return new Open();
  }

  private final class Open implements Adapter {

    private boolean gone;

    @Override
    public Functions functions() {
      return new Functions(functions);
    }

    @Override
    public void claim(int address) throws BusFault {
      Integer fault = claimFaults.get(address);
      if (fault != null) {
        throw BusFault.of(Step.CLAIM, fault);
      }
      claimed = address;
    }

    @Override
    public int[] transfer(int address, int[] written, int count) throws BusFault {
      if ((functions & Functions.PLAIN) == 0) {
        throw BusFault.of(Step.TRANSFER, Errno.EOPNOTSUPP);
      }
      log.add(said("plain", address, written, count));
      return exchange(address, Arrays.stream(written).boxed().toList(), count);
    }

    @Override
    public int[] smbus(Smbus call) throws BusFault {
      log.add(
          call.kind()
              + (call.reads() ? " reads " : " writes ")
              + BusPath.address(claimed)
              + (call.kind() == Smbus.Kind.QUICK ? "" : " " + call.command())
              + (call.written().isEmpty() ? "" : " " + call.written())
              + (call.count() == 0 ? "" : " x" + call.count()));
      List<Integer> bytes = new ArrayList<>();
      boolean naked =
          call.kind() == Smbus.Kind.QUICK || (call.kind() == Smbus.Kind.BYTE && call.reads());
      if (!naked) {
        bytes.add(call.command());
        bytes.addAll(call.written());
      }
      return exchange(claimed, bytes, call.count());
    }

    @Override
    public void close() {
      if (!gone) {
        gone = true;
        closed++;
      }
    }
  }

  private static String said(String how, int address, int[] written, int count) {
    return how
        + " "
        + BusPath.address(address)
        + (written.length == 0 ? "" : " " + Arrays.toString(written))
        + (count == 0 ? "" : " x" + count);
  }

  private int[] exchange(int address, List<Integer> written, int count) throws BusFault {
    inTransfer.run();
    int fault = nextTransferFault != 0 ? nextTransferFault : alwaysTransferFault;
    nextTransferFault = 0;
    if (fault != 0) {
      throw BusFault.of(Step.TRANSFER, fault);
    }
    List<Object> there = new ArrayList<>();
    find(root, address, there);
    if (there.isEmpty()) {
      throw BusFault.of(Step.TRANSFER, Errno.EREMOTEIO);
    }
    if (there.size() > 1) {
      throw new AssertionError(there.size() + " answer at " + BusPath.address(address));
    }
    int[] read = new int[count];
    if (there.get(0) instanceof Mux mux) {
      if (!written.isEmpty()) {
        mux.control = written.get(written.size() - 1);
      }
      Arrays.fill(read, mux.control);
    } else if (there.get(0) instanceof Chip chip) {
      chip.write(written);
      for (int i = 0; i < count; i++) {
        read[i] = chip.read();
      }
    }
    return read;
  }

  private static void find(Segment segment, int address, List<Object> there) {
    if (segment.chips.containsKey(address)) {
      there.add(segment.chips.get(address));
    }
    segment.muxes.forEach(
        (at, mux) -> {
          if (at == address) {
            there.add(mux);
          }
          mux.channels.forEach(
              (channel, behind) -> {
                if ((mux.control & 1 << channel) != 0) {
                  find(behind, address, there);
                }
              });
        });
  }
}
