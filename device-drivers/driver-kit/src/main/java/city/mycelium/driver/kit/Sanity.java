package city.mycelium.driver.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceDescription.Output;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.settings.Option;
import city.mycelium.driver.kit.Findings.Line;
import city.mycelium.driver.kit.Findings.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a device class says of itself, held against what it does. */
final class Sanity {

  private Sanity() {}

  /**
   * Whether it says who it is, what it gives and what may be set of it.
   *
   * @param kind of all of its kind
   * @param set of one that is set like this
   */
  static void description(
      DeviceDescription kind, DeviceDescription set, Map<String, String> settings, Line line) {
    assertThat(kind.title()).as("title: maker and models").isNotBlank().isNotEqualTo(kind.name());
    assertThat(set.outputs()).as("outputs").isNotEmpty();
    assertThat(set.name()).as("name, however it is set").isEqualTo(kind.name());
    assertThat(kind.interval()).as("interval").isGreaterThanOrEqualTo(Duration.ofMillis(100));
    for (Option option : kind.options()) {
      assertThat(option.name()).as("option").matches("[a-z][A-Za-z0-9]{1,39}");
      assertThat(option.meaning().length()).as("meaning of " + option.name()).isGreaterThan(9);
      line.count(Outcome.HELD);
    }
    try {
      DeviceSettings.of(kind, settings);
    } catch (DeviceException e) {
      throw new AssertionError("the test's own settings are refused: " + e.getMessage(), e);
    }
    Map<String, String> unknown = new HashMap<>(settings);
    unknown.put("noSuchOption", "1");
    assertThatThrownBy(() -> DeviceSettings.of(kind, unknown)).isInstanceOf(DeviceException.class);
    line.held(set.outputs().size() + 1);
  }

  /** Uses a device class with these settings. */
  @FunctionalInterface
  interface Use {
    void with(Map<String, String> settings) throws DeviceException;
  }

  /** An option that is set to what nothing takes is refused: else nobody reads it. */
  static void refusesNonsense(
      DeviceDescription kind,
      Map<String, String> settings,
      Set<String> ofAnyText,
      Use use,
      Line line) {
    for (Option option : kind.options()) {
      Map<String, String> wrong = new HashMap<>(settings);
      wrong.put(option.name(), "no such thing");
      try {
        use.with(wrong);
        if (!ofAnyText.contains(option.name())) {
          line.fault(
              option.name()
                  + " = 'no such thing' is taken: either nobody reads this option, or it takes any"
                  + " text and the test should say so in optionsOfAnyText()");
        }
      } catch (DeviceException e) {
        if (e.state() != DeviceState.CONFIG) {
          line.fault(option.name() + " = 'no such thing' is " + e.state() + ", not CONFIG");
        }
      }
      line.count(Outcome.HELD);
    }
  }

  /** Makes a device that is wanted to give results this often. */
  @FunctionalInterface
  interface Pace {
    void at(Duration interval) throws DeviceException;
  }

  /** However often somebody wants results: that can be, or is refused in words. */
  static void takesOrRefuses(Pace pace, Line line) {
    for (Duration interval :
        List.of(
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofDays(1))) {
      try {
        pace.at(interval);
      } catch (DeviceException e) {
        if (e.state() != DeviceState.CONFIG) {
          line.fault("an interval of " + interval + " is " + e.state() + ", not CONFIG");
        }
      } catch (RuntimeException e) { // the device class is on trial: this is its failure, not ours
        line.fault("an interval of " + interval + ": " + e + " instead of a DeviceException");
      }
      line.count(Outcome.HELD);
    }
  }

  static void units(
      DeviceDescription kind, Set<String> notGiven, Map<String, Result> results, Line line) {
    for (Output output : kind.outputs()) {
      Result result = results.get(output.name());
      if (!output.unit().measures(output.property())) {
        line.fault(output.name() + ": " + output.unit() + " is no unit of " + output.property());
      } else if (result == null) {
        if (!notGiven.contains(output.name())) {
          line.fault(output.name() + " is described, but has no golden result");
        }
      } else {
        result(output, result, line);
      }
    }
    notGiven.forEach(name -> line.remark(name + " not given, as declared"));
  }

  private static void result(Output output, Result result, Line line) {
    if (result instanceof Result.Measurement measured) {
      if (!output.property().isPlausible(measured.value(), output.unit())) {
        line.fault(
            "%s: %s %s is outside of what is plausible of %s, %s to %s %s"
                .formatted(
                    output.name(),
                    measured.value(),
                    output.unit().code(),
                    output.property().name(),
                    output.property().plausibleMin(),
                    output.property().plausibleMax(),
                    output.property().unit().code()));
      }
    } else if (output.unit() != Unit.ONE
        && !(result instanceof Result.Counter)
        && !(result instanceof Result.Position)) {
      line.fault(output.name() + ": a result in words has the unit ONE, not " + output.unit());
    }
    line.count(Outcome.HELD);
  }

  static void reach(List<Class<?>> classes, Line line) {
    Reach reach = Reach.of(classes);
    reach.forbidden().forEach(member -> line.fault("uses " + member));
    line.held(reach.classes());
    line.remark("class files, with all that they use of their own package");
  }
}
