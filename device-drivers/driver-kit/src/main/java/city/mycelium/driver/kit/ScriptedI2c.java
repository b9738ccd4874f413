package city.mycelium.driver.kit;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.I2c;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A chip that answers as it was written. A test writes its script out of the data sheet:
 *
 * <pre>{@code
 * new ScriptedI2c()
 *     .takes("94")                                       // a command without an answer
 *     .answers("FD", Duration.ofMillis(9), "66 66 93 80 00 A2")  // one that takes 9 ms
 *     .registers(0x88, "70 6B 43 67 18 FC")              // registers, one byte each
 * }</pre>
 *
 * <p>A command that the script does not know fails the test with what was said: so the bytes sent
 * are golden bytes too. An answer is read once, unless it {@link #repeats}; read too early or once
 * more, it is not acknowledged, as Sensirion's chips do it. Registers are read again and again,
 * from the last pointer on. For one thread; time passes only in {@link #pause}.
 */
public final class ScriptedI2c implements FakeBus<I2c>, I2c {

  /** What an open-drain line says when nobody pulls it down (UM10204 3.1.1). */
  private static final int NOBODY = 0xFF;

  /** A second read is not acknowledged. */
  private static final Entry SPENT = new Entry(() -> "", Duration.ZERO, true, () -> {});

  private final Map<String, Entry> script = new LinkedHashMap<>();
  private final Map<Integer, Integer> registers = new TreeMap<>();
  private final Set<String> unasked = new LinkedHashSet<>();
  private final List<Transfer> transfers = new ArrayList<>();
  private Fault fault = Fault.NONE;
  private boolean plain = true;
  private Duration now = Duration.ZERO;
  private Duration more = Duration.ZERO;
  private int count;

  private String said = "";
  private String answered = "";
  private @Nullable Entry pending;
  private Duration ready = Duration.ZERO;
  private int pointer;
  private @Nullable String idle;

  private record Entry(Supplier<String> answer, Duration takes, boolean once, Runnable effect) {}

  /** Takes a command that has no answer; the device class has to say it. */
  public ScriptedI2c takes(String command) {
    return required(command).mayTake(command);
  }

  /** The same, but the device class need not say it. */
  public ScriptedI2c mayTake(String command) {
    return mayTake(command, () -> {});
  }

  /** The same, and then this happens: the test changes registers or answers. */
  public ScriptedI2c mayTake(String command, Runnable effect) {
    return enter(command, Duration.ZERO, true, () -> "", effect);
  }

  /** Answers a command at once; the device class has to say it. */
  public ScriptedI2c answers(String command, String answer) {
    return answers(command, Duration.ZERO, answer);
  }

  /** Answers a command after a time; until then it does not acknowledge a read. */
  public ScriptedI2c answers(String command, Duration after, String answer) {
    return required(command).enter(command, after, true, () -> answer, () -> {});
  }

  /** Answers a command at once, but the device class need not say it. */
  public ScriptedI2c mayAnswer(String command, String answer) {
    return mayAnswer(command, () -> answer);
  }

  /** The same, with an answer that is made when it is read: not ready at first, another channel. */
  public ScriptedI2c mayAnswer(String command, Supplier<String> answer) {
    return enter(command, Duration.ZERO, true, answer, () -> {});
  }

  /**
   * After this command the answer can be read again and again, once the first is ready: a chip that
   * measures continuously, or keeps its pointer. The device class has to say it.
   */
  public ScriptedI2c repeats(String command, Duration after, String answer) {
    return required(command).enter(command, after, false, () -> answer, () -> {});
  }

  /**
   * What it says when it is read without having been told anything, and whenever no other answer is
   * due: a port's inputs, a status. {@link Transfer#said} is empty then. A read of more bytes than
   * these finds the line released.
   */
  public ScriptedI2c untold(String answer) {
    idle = answer;
    return this;
  }

  private ScriptedI2c required(String command) {
    unasked.add(key(command));
    return this;
  }

  private ScriptedI2c enter(
      String command, Duration after, boolean once, Supplier<String> answer, Runnable effect) {
    script.put(key(command), new Entry(answer, after, once, effect));
    return this;
  }

  /** Has these registers, one byte each, from the first on; written ones keep what was written. */
  public ScriptedI2c registers(int first, String values) {
    int[] bytes = Transfer.bytes(values);
    for (int i = 0; i < bytes.length; i++) {
      registers.put(first + i, bytes[i]);
    }
    return this;
  }

  /** Hangs on a controller that can do SMBus only, such as a PC's i2c-i801. */
  public ScriptedI2c onSmbus() {
    plain = false;
    return this;
  }

  /** What a register holds now, 0 to 255. */
  public int register(int register) {
    Integer value = registers.get(register);
    if (value == null) {
      throw new AssertionError("the script has no register 0x%02X".formatted(register));
    }
    return value;
  }

  /** How much time the device class has let pass. */
  public Duration paused() {
    return now;
  }

  @Override
  public I2c bus() {
    return this;
  }

  @Override
  public void disturb(Fault next) {
    fault = next;
  }

  @Override
  public List<Transfer> transfers() {
    return List.copyOf(transfers);
  }

  @Override
  public void forget() {
    transfers.clear();
  }

  @Override
  public List<String> unasked() {
    return List.copyOf(unasked);
  }

  @Override
  public boolean delay(Duration longer) {
    more = longer;
    return script.values().stream().anyMatch(entry -> !entry.takes().isZero());
  }

  @Override
  public void write(int... bytes) throws DeviceException {
    requirePlain();
    int number = begin();
    hear(bytes);
    log(number, Transfer.hex(bytes), new int[0]);
    fault.arrives(number, new int[0]);
  }

  @Override
  public int[] read(int length) throws DeviceException {
    requirePlain();
    int number = begin();
    int[] answer = answer(length);
    return arrive(number, answered, answer, length);
  }

  @Override
  public int[] writeRead(int[] bytes, int length) throws DeviceException {
    requirePlain();
    int number = begin();
    hear(bytes);
    return arrive(number, Transfer.hex(bytes), answer(length), length);
  }

  @Override
  public int[] readRegisters(int register, int length) throws DeviceException {
    requireByte(register);
    int number = begin();
    hear(register);
    return arrive(number, Transfer.hex(register), answer(length), length);
  }

  @Override
  public void writeRegister(int register, int value) throws DeviceException {
    requireByte(register);
    int number = begin();
    hear(register, value);
    log(number, Transfer.hex(register, value), new int[0]);
    fault.arrives(number, new int[0]);
  }

  @Override
  public void pause(Duration time) {
    if (time.isNegative() || time.compareTo(Duration.ofSeconds(2)) > 0) {
      throw new AssertionError("a pause is 0 to 2 s, not " + time + ": I2c.pause says so");
    }
    now = now.plus(time);
  }

  private int begin() throws DeviceException {
    int number = count++;
    fault.before(number);
    return number;
  }

  private void hear(int... bytes) {
    for (int b : bytes) {
      requireByte(b);
    }
    String command = Transfer.hex(bytes);
    Entry entry = script.get(command);
    if (entry != null) {
      unasked.remove(command);
      said = command;
      pending = entry;
      ready = now.plus(entry.takes()).plus(entry.takes().isZero() ? Duration.ZERO : more);
      entry.effect().run();
      return;
    }
    if (bytes.length == 0 || !registers.containsKey(bytes[0])) {
      throw new AssertionError(
          "the device class says "
              + command
              + ", which the script does not know: if that is right, takes or answers gives it; if it"
              + " is said only to a chip in trouble, mayTake or mayAnswer");
    }
    pending = null;
    said = Transfer.hex(bytes[0]);
    pointer = bytes[0];
    for (int i = 1; i < bytes.length; i++) {
      if (!registers.containsKey(pointer)) {
        throw new AssertionError(
            "the device class writes "
                + command
                + ", but the script has no register for all of it");
      }
      registers.put(pointer, bytes[i]);
      pointer++;
    }
  }

  private int[] answer(int length) throws DeviceException {
    answered = said;
    Entry entry = pending;
    if (entry == null) {
      return idle == null || !registers.isEmpty()
          ? registersFromPointer(length)
          : answerUntold(length);
    }
    int[] whole = Transfer.bytes(entry.answer().get());
    if (whole.length == 0 || now.compareTo(ready) < 0) {
      return answerUntold(length);
    }
    if (length > whole.length) {
      throw new AssertionError(
          "the device class reads "
              + length
              + " bytes after "
              + said
              + "; the script has "
              + whole.length);
    }
    if (entry.once()) {
      pending = SPENT;
    }
    return Arrays.copyOf(whole, length);
  }

  private int[] answerUntold(int length) throws DeviceException {
    if (idle == null) {
      throw DeviceException.unreachable("the chip does not acknowledge: it has no answer (yet)");
    }
    answered = "";
    int[] bytes = Transfer.bytes(idle);
    int[] answer = Arrays.copyOf(bytes, length);
    Arrays.fill(answer, Math.min(bytes.length, length), length, NOBODY);
    return answer;
  }

  private int[] registersFromPointer(int length) {
    if (registers.isEmpty()) {
      throw new AssertionError(
          "the device class reads without having told the chip anything: if it answers that, give"
              + " the script its answer with untold(\"1C\")");
    }
    int[] answer = new int[length];
    for (int i = 0; i < length; i++) {
      answer[i] = register(pointer + i);
    }
    return answer;
  }

  private int[] arrive(int number, String question, int[] answer, int length) {
    log(number, question, answer);
    int[] arrived = fault.arrives(number, answer);
    int[] whole = Arrays.copyOf(arrived, length);
    Arrays.fill(whole, Math.min(arrived.length, length), length, NOBODY);
    return whole;
  }

  private void log(int number, String question, int[] answer) {
    transfers.add(new Transfer(number, question, answer));
  }

  private void requirePlain() throws DeviceException {
    if (!plain) {
      throw DeviceException.config(
          "this bus can do SMBus only, which has no plain transfers (as the driver kit wants it)");
    }
  }

  private static void requireByte(int value) {
    if (value < 0 || value > 0xFF) {
      throw new AssertionError("a byte is 0 to 255, not " + value);
    }
  }

  private static String key(String command) {
    return Transfer.hex(Transfer.bytes(command));
  }
}
