package city.mycelium.driver.sysfs.internal.file;

import static city.mycelium.driver.sysfs.internal.file.SysfsFilesTest.assertState;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.observation.Unit;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttributeTest {

  private static final String FILE = "/sys/bus/platform/devices/level/height";
  private static final String[] METRES = {
    "path", FILE, "property", "water-level", "unit", "m", "scale", "0.001", "offset", "-1.5"
  };

  private final Attribute attribute = new Attribute();

  @TempDir Path root;
  private KernelTree tree;

  @BeforeEach
  void plant() {
    tree = new KernelTree(root).file(FILE, "2250\n");
  }

  @Test
  void theConfigurationSaysWhatTheNumberIs() throws DeviceException {
    assertThat(tree.read(attribute, METRES)).containsExactly(Map.entry("value", 0.75));
    assertThat(
            attribute.description(KernelTree.settings(attribute, METRES)).outputs().get(0).unit())
        .isEqualTo(Unit.METRE);
  }

  @Test
  void aPropertyThatNobodyKnowsIsRefused() {
    assertState(
        () ->
            attribute.description(
                KernelTree.settings(attribute, "path", FILE, "property", "height", "unit", "m")),
        DeviceState.CONFIG,
        "no property is called height; there are PM1");
  }

  @Test
  void aUnitOfSomethingElseIsRefused() {
    assertState(
        () ->
            attribute.description(
                KernelTree.settings(
                    attribute, "path", FILE, "property", "water-level", "unit", "Cel")),
        DeviceState.CONFIG,
        "water-level is not given in Cel, but in m");
  }

  @Test
  void aScaleThatIsNoNumberIsRefused() {
    assertState(
        () ->
            tree.connect(
                attribute,
                "path",
                FILE,
                "property",
                "water-level",
                "unit",
                "m",
                "scale",
                "a thousandth"),
        DeviceState.CONFIG,
        "scale");
  }
}
