package city.mycelium.driver.modbus.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.driver.kit.FakeBus;
import city.mycelium.driver.kit.Fault;
import city.mycelium.driver.kit.Transfer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A unit that can be disturbed. What the kit damages is the answer as RTU carries it, CRC included:
 * RTU finds the damage, and so does this bus, by the same check of the standard (MODBUS over Serial
 * Line V1.02, 6.2.2).
 */
final class FakeModbus implements FakeBus<ModbusUnit>, ModbusUnit {

  private final FakeUnit unit;
  private final List<Transfer> transfers = new ArrayList<>();
  private Fault fault = Fault.NONE;
  private int count;

  FakeModbus(FakeUnit unit) {
    this.unit = unit;
  }

  @Override
  public ModbusUnit bus() {
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
    unit.asked.clear();
  }

  @Override
  public byte[] ask(byte[] question) throws DeviceException {
    int number = count++;
    fault.before(number);
    byte[] answer = unit.ask(question);
    int[] frame = framed(answer);
    transfers.add(new Transfer(number, HexFormat.of().formatHex(question), frame));
    int[] arrived = fault.arrives(number, frame.clone());
    if (arrived.length == 0) {
      throw DeviceException.unreachable("nothing answers");
    }
    if (arrived.length < frame.length || crc(arrived, arrived.length) != 0) {
      throw DeviceException.corrupt("no whole answer with a correct CRC");
    }
    byte[] pdu = new byte[arrived.length - 3];
    for (int i = 0; i < pdu.length; i++) {
      pdu[i] = (byte) arrived[i + 1];
    }
    return pdu;
  }

  private static int[] framed(byte[] pdu) {
    int[] frame = new int[pdu.length + 3];
    frame[0] = 1;
    for (int i = 0; i < pdu.length; i++) {
      frame[i + 1] = pdu[i] & 0xFF;
    }
    int crc = crc(frame, pdu.length + 1);
    frame[pdu.length + 1] = crc & 0xFF;
    frame[pdu.length + 2] = crc >> 8;
    return frame;
  }

  private static int crc(int[] bytes, int count) {
    int crc = 0xFFFF;
    for (int i = 0; i < count; i++) {
      crc ^= bytes[i];
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? crc >> 1 ^ 0xA001 : crc >> 1;
      }
    }
    return crc;
  }
}
