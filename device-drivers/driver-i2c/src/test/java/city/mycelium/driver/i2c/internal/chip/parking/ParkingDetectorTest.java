package city.mycelium.driver.i2c.internal.chip.parking;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.driver.i2c.internal.chip.parking.ParkingDetector.Judgement;
import city.mycelium.driver.i2c.internal.chip.parking.ParkingDetector.Status;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On made-up traces: see {@link Bay}. A reading every two seconds. */
class ParkingDetectorTest {

  private static final int HALF_A_MINUTE = 15;
  private static final int ARRIVALS = 1_000;

  /**
   * A thousand vehicles come and go. Who stands must be seen half a minute later, and who has left
   * as well; in between nothing may be invented. One vehicle in a thousand bends the field by less
   * than the threshold: it cannot be seen.
   */
  @Test
  void seesVehiclesComeAndGo() {
    Bay bay = new Bay(20261123);
    ParkingDetector detector = new ParkingDetector(Optional.of(bay.empty()));
    int arrivalsSeen = 0;
    int departuresSeen = 0;
    int inventedArrivals = 0;
    int inventedDepartures = 0;
    long readings = 0;
    for (int i = 0; i < ARRIVALS; i++) {
      bay.leave();
      int free = bay.minutes(1.5, 10);
      boolean seenFree = false;
      for (int n = 0; n < free + bay.moving(); n++, readings++) {
        Status status = detector.take(bay.next()).status();
        if (n == bay.moving() + HALF_A_MINUTE) {
          seenFree = status == Status.FREE;
          departuresSeen += seenFree ? 1 : 0;
        } else if (n > bay.moving() + HALF_A_MINUTE && seenFree && status == Status.OCCUPIED) {
          inventedArrivals++;
          seenFree = false;
        }
      }
      bay.arrive();
      int stay = bay.stay();
      boolean seenOccupied = false;
      for (int n = 0; n < stay + bay.moving(); n++, readings++) {
        Status status = detector.take(bay.next()).status();
        if (n == bay.moving() + HALF_A_MINUTE) {
          seenOccupied = status == Status.OCCUPIED;
          arrivalsSeen += seenOccupied ? 1 : 0;
        } else if (n > bay.moving() + HALF_A_MINUTE && seenOccupied && status == Status.FREE) {
          inventedDepartures++;
          seenOccupied = false;
        }
      }
    }
    String rates =
        "of %d arrivals %d seen, of %d departures %d; invented: %d arrivals, %d departures, in %d h"
            .formatted(
                ARRIVALS,
                arrivalsSeen,
                ARRIVALS,
                departuresSeen,
                inventedArrivals,
                inventedDepartures,
                readings / 1_800);
    System.out.println("parking detector: " + rates);
    assertThat(arrivalsSeen).as(rates).isGreaterThanOrEqualTo(ARRIVALS * 99 / 100);
    assertThat(departuresSeen).as(rates).isGreaterThanOrEqualTo(ARRIVALS * 99 / 100);
    assertThat(inventedArrivals).as(rates).isLessThanOrEqualTo(2);
    assertThat(inventedDepartures).as(rates).isLessThanOrEqualTo(2);
  }

  /** Against a detector that calls everything occupied: nothing but weather and neighbours. */
  @Test
  void seesNothingInAnEmptyBayForThreeDays() {
    Bay bay = new Bay(7);
    ParkingDetector detector = new ParkingDetector(Optional.of(bay.empty()));
    int occupied = 0;
    for (int i = 0; i < 3 * 24 * 1_800; i++) {
      occupied += detector.take(bay.next()).status() == Status.OCCUPIED ? 1 : 0;
    }
    assertThat(occupied).as("readings").isZero();
  }

  @Test
  void knowsAfterARestartWhetherTheBayIsOccupiedIfItKnowsTheEmptyField() {
    Bay bay = new Bay(1);
    Field empty = bay.empty();
    bay.arriveWith(new Field(12, -8, 15));
    Judgement judgement = judge(new ParkingDetector(Optional.of(empty)), bay, 60);
    assertThat(judgement.status()).isEqualTo(Status.OCCUPIED);
    assertThat(judgement.confidence()).isGreaterThan(90);
    assertThat(judge(new ParkingDetector(Optional.of(empty)), new Bay(1), 60).status())
        .isEqualTo(Status.FREE);
  }

  /** Started over a parked car: what it sees first must not become the empty bay. */
  @Test
  void guessesNothingUntilDifferentVehiclesHaveLeftTheSameField() {
    Bay bay = new Bay(2);
    ParkingDetector detector = new ParkingDetector(Optional.empty());
    bay.arriveWith(new Field(20, 5, -10));
    Judgement first = judge(detector, bay, 200);
    assertThat(first.status()).isEqualTo(Status.UNKNOWN);
    assertThat(first.confidence()).isZero();
    bay.leave();
    assertThat(judge(detector, bay, 200).status()).isEqualTo(Status.UNKNOWN);
    bay.arriveWith(new Field(-7, 12, 14));
    assertThat(judge(detector, bay, 200).status()).isEqualTo(Status.UNKNOWN);
    bay.leave();
    assertThat(judge(detector, bay, 200).status()).isEqualTo(Status.FREE);
    bay.arriveWith(new Field(20, 5, -10));
    assertThat(judge(detector, bay, 200).status()).isEqualTo(Status.OCCUPIED);
  }

  /** The same car each day leaves it open which of the two fields is the empty one. */
  @Test
  void doesNotGuessFromOneVehicleAlone() {
    Bay bay = new Bay(3);
    ParkingDetector detector = new ParkingDetector(Optional.empty());
    for (int day = 0; day < 5; day++) {
      bay.arriveWith(new Field(20, 5, -10));
      assertThat(judge(detector, bay, 200).status()).isEqualTo(Status.UNKNOWN);
      bay.leave();
      assertThat(judge(detector, bay, 200).status()).isEqualTo(Status.UNKNOWN);
    }
  }

  /** The road was dug up, the steel beside the bay is another: the field it was given is wrong. */
  @Test
  void mendsAWrongEmptyField() {
    Bay bay = new Bay(4);
    ParkingDetector detector =
        new ParkingDetector(Optional.of(bay.empty().plus(new Field(0, 15, 0))));
    assertThat(judge(detector, bay, 200).status()).isEqualTo(Status.OCCUPIED);
    bay.arriveWith(new Field(20, 5, -10));
    judge(detector, bay, 200);
    bay.leave();
    judge(detector, bay, 200);
    bay.arriveWith(new Field(-7, -12, 14));
    judge(detector, bay, 200);
    bay.leave();
    assertThat(judge(detector, bay, 200).status()).isEqualTo(Status.FREE);
  }

  /** Somebody who waits for the bay beside: two minutes from nothing to all of it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 30, 60})
  void seesAVehicleHoweverSlowlyItArrives(int readings) {
    Bay bay = new Bay(5);
    ParkingDetector detector = new ParkingDetector(Optional.of(bay.empty()));
    judge(detector, bay, 100);
    bay.arriveWith(new Field(9, -9, 9), readings);
    assertThat(judge(detector, bay, readings + HALF_A_MINUTE).status()).isEqualTo(Status.OCCUPIED);
  }

  /** What passes by at up to 8 uT does not rest. */
  @Test
  void doesNotTakeALorryThatPassesForAVehicleInTheBay() {
    ParkingDetector detector = new ParkingDetector(Optional.of(new Field(20, 0, 45)));
    double[] passing = {0, 0, 0, 0, 0, 2, 5, 8, 6, 3, 0, 0, 0, 0, 0};
    for (double lorry : passing) {
      assertThat(detector.take(new Field(20 + lorry, 0, 45)).status())
          .isNotEqualTo(Status.OCCUPIED);
    }
    assertThat(detector.take(new Field(20, 0, 45)).status()).isEqualTo(Status.FREE);
  }

  /** 5 uT in a night, while somebody parks: more than a free bay may be off. */
  @Test
  void findsTheBayFreeAfterANightOfDrift() {
    ParkingDetector detector = new ParkingDetector(Optional.of(new Field(20, 0, 45)));
    for (int i = 0; i < 18_000; i++) {
      detector.take(new Field(50 + 5 * i / 18_000.0, 0, 45));
    }
    Judgement after = new Judgement(Status.UNKNOWN, 0);
    for (int i = 0; i < HALF_A_MINUTE; i++) {
      after = detector.take(new Field(25, 0, 45));
    }
    assertThat(after.status()).isEqualTo(Status.FREE);
  }

  @Test
  void isSurerTheFartherTheFieldIs() {
    Field empty = new Field(20, 0, 45);
    assertThat(confidence(empty, 6.5)).isBetween(50.0, 85.0);
    assertThat(confidence(empty, 40)).isEqualTo(100);
    assertThat(confidence(empty, 0)).isEqualTo(100);
    assertThat(confidence(empty, 2.5)).isBetween(50.0, 85.0);
  }

  private static double confidence(Field empty, double bent) {
    ParkingDetector detector = new ParkingDetector(Optional.of(empty));
    Judgement judgement = new Judgement(Status.UNKNOWN, 0);
    for (int i = 0; i < 5; i++) {
      judgement = detector.take(empty.plus(new Field(0, bent, 0)));
    }
    return judgement.confidence();
  }

  private static Judgement judge(ParkingDetector detector, Bay bay, int readings) {
    Judgement judgement = new Judgement(Status.UNKNOWN, 0);
    for (int i = 0; i < readings; i++) {
      judgement = detector.take(bay.next());
    }
    return judgement;
  }
}
