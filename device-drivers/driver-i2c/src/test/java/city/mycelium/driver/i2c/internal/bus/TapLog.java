package city.mycelium.driver.i2c.internal.bus;

import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A tap that is open and keeps what passes, a line each; can be closed. */
public final class TapLog implements FrameTap {

  public final List<String> lines = new ArrayList<>();
  public boolean open = true;

  @Override
  public boolean isOpen(DeviceId device) {
    return open;
  }

  @Override
  public void pass(DeviceId device, Way way, byte[] bytes) {
    lines.add(
        way
            + switch (way) {
              case OPENED, TURN -> "";
              case FAILED -> " " + new String(bytes, StandardCharsets.UTF_8);
              default -> " " + Arrays.toString(bytes);
            });
  }

  @Override
  public void kept(List<Reading> readings, long receivedAt) {}
}
