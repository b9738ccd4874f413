package city.mycelium.driver.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import city.mycelium.api.device.Scan;
import city.mycelium.api.device.SerialSensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A kit that lets everything pass proves nothing: here are drivers with one defect each. */
class KitCatchesTest {

  @Test
  void aDriverThatIsRightFailsNothing() {
    assertThat(failuresOf(new HygrometerWithCrc())).isEmpty();
    assertThat(failuresOf(new RangeFinder())).isEmpty();
  }

  @Test
  void aChecksumThatIsNotRead() {
    assertThat(
            failuresOf(
                new HygrometerWithCrc() {
                  @Override
                  int word(int[] bytes) {
                    return bytes[0] << 8 | bytes[1];
                  }
                }))
        .containsKeys(
            "oneFlippedBitIsNoticedOrHarmless",
            "halfAnAnswerIsNoticedOrHarmless",
            "garbageNeverBreaksIt",
            "silenceIsUnreachableAndAStuckLineIsNoResult",
            "unpluggedInMidTransferIsNoResultAndPluggedInItGoesOn",
            "aDeviceThatFailsAfterAGoodReadGivesNothing");
    assertThat(
            failuresOf(
                new RangeFinder() {
                  @Override
                  boolean isSound(byte[] bytes, int at) {
                    return true;
                  }
                }))
        .containsKeys("oneFlippedBitIsNoticedOrHarmless");
  }

  @Test
  void aWrongCommandAndAWrongScale() {
    assertThat(failuresOf(reading(chip -> measured(chip, 0xFE, 175 / 65535.0, -45))))
        .hasEntrySatisfying(
            "goldenBytesMeanGoldenResults", why -> assertThat(why).contains("says FE, which"));
    assertThat(failuresOf(reading(chip -> measured(chip, 0xFD, 175 / 65536.0, -45))))
        .containsOnlyKeys("goldenBytesMeanGoldenResults", "connectsAgainInWhateverStateItWasLeft");
    assertThat(failuresOf(reading(chip -> measured(chip, 0xFD, 175 / 65535.0, 0))))
        .containsKeys("goldenBytesMeanGoldenResults", "unitsFitAndGoldenValuesArePlausible");
  }

  @Test
  void anExceptionThatIsADefect() {
    assertThat(
            failuresOf(
                new HygrometerWithCrc() {
                  @Override
                  int word(int[] bytes) throws DeviceException {
                    try {
                      return super.word(bytes);
                    } catch (DeviceException e) {
                      throw new IllegalStateException(e);
                    }
                  }
                }))
        .hasEntrySatisfying(
            "oneFlippedBitIsNoticedOrHarmless",
            why -> assertThat(why).contains("instead of a DeviceException"));
  }

  @Test
  void aValueOfEarlierGivenForANewOne() {
    double[] last = {Double.NaN};
    I2cChip cached =
        reading(
            chip -> {
              try {
                last[0] = measured(chip, 0xFD, 175 / 65535.0, -45);
              } catch (DeviceException e) {
                if (Double.isNaN(last[0])) {
                  throw e;
                }
              }
              return last[0];
            });
    assertThat(failuresOf(cached)).containsKeys("aDeviceThatFailsAfterAGoodReadGivesNothing");
  }

  @Test
  void memoryThatGrowsAndAClockThatIsAsked() {
    List<byte[]> kept = new ArrayList<>();
    assertThat(
            failuresOf(
                reading(
                    chip -> {
                      kept.add(new byte[100]);
                      return measured(chip, 0xFD, 175 / 65535.0, -45);
                    })))
        .containsOnlyKeys("tenThousandReadsGiveTheSameAndKeepNothing");
    assertThat(failures(testing(new AsksTheClock())))
        .hasEntrySatisfying(
            "hasNoClockThreadFileNetworkOrChance", why -> assertThat(why).contains("nanoTime"));
  }

  private static final class AsksTheClock extends HygrometerWithCrc {
    @Override
    int word(int[] bytes) throws DeviceException {
      return System.nanoTime() == 0 ? 0 : super.word(bytes);
    }
  }

  @Test
  void aDeviceThatIsPreparedOnlyOnce() {
    boolean[] prepared = {false};
    I2cChip once =
        new HygrometerWithCrc() {
          @Override
          public Poll connect(I2c chip, DeviceSettings settings) throws DeviceException {
            Poll poll =
                prepared[0] ? results -> read(chip, results) : super.connect(chip, settings);
            prepared[0] = true;
            return poll;
          }

          private void read(I2c chip, Results results) throws DeviceException {
            results.number("temperature", measured(chip, 0xFD, 175 / 65535.0, -45));
          }
        };
    assertThat(failuresOf(once)).containsKeys("connectsAgainInWhateverStateItWasLeft");
  }

  @Test
  void anOptionThatNobodyReads() {
    assertThat(
            failuresOf(
                new HygrometerWithCrc() {
                  @Override
                  public DeviceDescription description() {
                    return super.description().takes("unread", "1", "does nothing at all");
                  }
                }))
        .containsOnlyKeys("describesItselfAndItsOptions");
  }

  @Test
  void aDecoderThatBreaksOnGarbageNeverConsumesOrLosesWhatWasCut() {
    assertThat(
            failuresOf(
                new RangeFinder() {
                  @Override
                  public Scan<Integer> scan(byte[] bytes) {
                    Scan<Integer> scan = super.scan(bytes);
                    if (scan.noise() > 100) {
                      throw new ArrayIndexOutOfBoundsException();
                    }
                    return scan;
                  }
                }))
        .containsKeys("garbageNeverBreaksItAndTheNextFrameIsFound");
    assertThat(
            failuresOf(
                new RangeFinder() {
                  @Override
                  public Scan<Integer> scan(byte[] bytes) {
                    Scan<Integer> scan = super.scan(bytes);
                    return scan.frames().isEmpty() ? new Scan<>(List.of(), 0, 0) : scan;
                  }
                }))
        .hasEntrySatisfying(
            "silenceAndStuckLinesGiveNothing", why -> assertThat(why).contains("wants"));
    assertThat(
            failuresOf(
                new RangeFinder() {
                  @Override
                  public Scan<Integer> scan(byte[] bytes) {
                    Scan<Integer> scan = super.scan(bytes);
                    return new Scan<>(scan.frames(), bytes.length, scan.noise());
                  }
                }))
        .containsKeys("piecesMakeNoDifference");
  }

  @Test
  void protectionThatIsDeclaredAwayWithoutNeed() {
    HygrometerContractTest modest =
        new HygrometerContractTest() {
          @Override
          public Integrity integrity() {
            return Integrity.none("nothing");
          }
        };
    assertThat(failures(modest))
        .hasEntrySatisfying(
            "oneFlippedBitIsNoticedOrHarmless",
            why -> assertThat(why).contains("declare Integrity.full"));
  }

  @Test
  void aScriptThatHasMoreThanIsSaid() {
    HygrometerContractTest rich =
        new HygrometerContractTest() {
          @Override
          public ScriptedI2c healthy() {
            return super.healthy().takes("94");
          }
        };
    assertThat(failures(rich))
        .hasEntrySatisfying("goldenBytesMeanGoldenResults", why -> assertThat(why).contains("94"));
  }

  @Test
  void aTrialWithoutACaseFails() {
    Findings.Line line = new Findings().begin(Trial.FLIP);
    assertThatThrownBy(line::pass)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("not a single case");
  }

  /** Reads a hygrometer's temperature. */
  private interface Measures {
    double of(I2c chip) throws DeviceException;
  }

  private static I2cChip reading(Measures measures) {
    return new HygrometerWithCrc() {
      @Override
      public Poll connect(I2c chip, DeviceSettings settings) throws DeviceException {
        super.connect(chip, settings);
        return results -> results.number("temperature", measures.of(chip));
      }
    };
  }

  private static double measured(I2c chip, int command, double scale, double offset)
      throws DeviceException {
    chip.write(command);
    chip.pause(Duration.ofMillis(9));
    return new HygrometerWithCrc().word(chip.read(3)) * scale + offset;
  }

  private static Map<String, String> failuresOf(I2cChip chip) {
    return withoutReach(failures(testing(chip)));
  }

  private static Object testing(I2cChip chip) {
    return new HygrometerContractTest() {
      @Override
      public I2cChip kind() {
        return chip;
      }
    };
  }

  private static Map<String, String> failuresOf(RangeFinder device) {
    return withoutReach(
        failures(
            new RangeFinderContractTest() {
              @Override
              public SerialSensor kind() {
                return device;
              }
            }));
  }

  /**
   * The defective drivers here live in this class, which uses the kit, which is no device class.
   */
  private static Map<String, String> withoutReach(Map<String, String> failures) {
    failures.remove("hasNoClockThreadFileNetworkOrChance");
    return failures;
  }

  /** Runs every test of a contract, as JUnit does, and gives those that fail with their reasons. */
  private static Map<String, String> failures(Object contract) {
    Map<String, String> failures = new TreeMap<>();
    for (Method test : contract.getClass().getMethods()) {
      if (test.isAnnotationPresent(Test.class)) {
        try {
          test.invoke(contract, new Findings());
        } catch (InvocationTargetException e) {
          failures.put(test.getName(), String.valueOf(e.getCause()));
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
    return failures;
  }
}
