package city.mycelium.cli;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.driver.FrameTap.Way;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.host.record.RecordLine;
import city.mycelium.driver.host.record.Replayer;
import city.mycelium.driver.lorawan.internal.Interpretation;
import city.mycelium.driver.lorawan.internal.SaidText;
import city.mycelium.driver.lorawan.internal.device.Profiles;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Uplinks through the codec and the profile of their device, as the gateway runs them. */
final class LorawanReplayer implements Replayer {

  private final Profiles profiles;

  LorawanReplayer(Profiles profiles) {
    this.profiles = profiles;
  }

  @Override
  public String bus() {
    return "lorawan";
  }

  @Override
  public List<Replayed> replay(DeviceId device, Opening opening, List<RecordLine.Passed> passed)
      throws DeviceException {
    if (!profiles.names().contains(opening.kind())) {
      throw DeviceException.config(
          "there is no profile '"
              + opening.kind()
              + "' here: say with --config where the folder lorawan with it is");
    }
    List<Replayed> sets = new ArrayList<>();
    for (RecordLine.Passed line : passed) {
      if (line.way() == Way.HEARD) {
        SaidText.Heard heard = SaidText.read(HexFormat.of().parseHex(line.hex()));
        sets.add(
            new Replayed(
                line.micros(),
                Interpretation.of(heard.said(), profiles, heard.recvTime()).readings()));
      }
    }
    return sets;
  }
}
