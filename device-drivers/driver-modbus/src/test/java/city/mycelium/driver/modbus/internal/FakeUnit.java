package city.mycelium.driver.modbus.internal;

import city.mycelium.api.device.DeviceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A unit whose registers a test fills; knows only those. Remembers what it was asked. */
final class FakeUnit implements ModbusUnit {

  private final Map<Integer, Map<Integer, Integer>> tables = new HashMap<>();
  final List<String> asked = new ArrayList<>();
  int refuseMoreThan = 125;

  /** Registers from an address on, in hexadecimal. */
  FakeUnit put(int function, int address, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    for (int i = 0; i < bytes.length / 2; i++) {
      table(function).put(address + i, (bytes[2 * i] & 0xFF) << 8 | bytes[2 * i + 1] & 0xFF);
    }
    return this;
  }

  FakeUnit bit(int function, int address, boolean set) {
    table(function).put(address, set ? 1 : 0);
    return this;
  }

  private Map<Integer, Integer> table(int function) {
    return tables.computeIfAbsent(function, f -> new TreeMap<>());
  }

  @Override
  public byte[] ask(byte[] q) throws DeviceException {
    int function = q[0];
    int address = (q[1] & 0xFF) << 8 | q[2] & 0xFF;
    int count = (q[3] & 0xFF) << 8 | q[4] & 0xFF;
    asked.add(function + " " + address + "+" + count);
    if (count > refuseMoreThan) {
      return new byte[] {(byte) (function | 0x80), 3};
    }
    int bytes = function <= 2 ? (count + 7) / 8 : 2 * count;
    byte[] answer = new byte[2 + bytes];
    answer[0] = (byte) function;
    answer[1] = (byte) bytes;
    for (int i = 0; i < count; i++) {
      Integer value = table(function).get(address + i);
      if (value == null) {
        return new byte[] {(byte) (function | 0x80), 2};
      }
      if (function <= 2) {
        answer[2 + i / 8] |= (byte) (value << i % 8);
      } else {
        answer[2 + 2 * i] = (byte) (value >> 8);
        answer[3 + 2 * i] = (byte) (int) value;
      }
    }
    return answer;
  }
}
