package city.mycelium.driver.sysfs.internal.gpio;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceKind;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A contact that is open or closed: a door, a float switch, a water detector. */
public final class Level implements DeviceKind<Gpio> {

  /** Truth: the contact is closed. A state of SAREF's OpenCloseState. */
  static final ObservedProperty CONTACT_CLOSED =
      new ObservedProperty(
          "contact-closed",
          URI.create("https://saref.etsi.org/core/OpenCloseState"),
          Unit.ONE,
          -Double.MAX_VALUE,
          Double.MAX_VALUE);

  private static final String MEANS = "means";
  private static final String CLOSED = "closed";
  private static final String FLOOD = "flood";

  @Override
  public DeviceDescription description() {
    return Gpio.openable(
            DeviceDescription.of("level", "A contact on a GPIO line").every(Duration.ofSeconds(10)),
            "20")
        .takes(MEANS, CLOSED, "what a closed contact says: closed (of a door), or flood")
        .gives(CLOSED, CONTACT_CLOSED, Unit.ONE)
        .gives(FLOOD, Vocabulary.FLOOD, Unit.ONE);
  }

  @Override
  public Poll connect(Gpio gpio, DeviceSettings settings) throws DeviceException {
    String output = settings.choice(MEANS, List.of(CLOSED, FLOOD));
    GpioLine line = gpio.open(settings, false);
    return new Poll() {

      @Override
      public void read(Results results) throws DeviceException {
        results.truth(output, line.isActive());
      }

      @Override
      public void close() {
        line.close();
      }
    };
  }
}
