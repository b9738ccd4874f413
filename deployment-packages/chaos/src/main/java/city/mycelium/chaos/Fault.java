package city.mycelium.chaos;

/** What can go wrong, and how it is called on the command line. */
enum Fault {
  /** The gateway gets a SIGKILL and is started again. */
  KILL("kills"),
  /** The broker is stopped, and comes back. */
  BROKER_STOP("broker-stops"),
  /** Every connection to the broker is reset. */
  RESET("resets"),
  /** Connections to the broker stay open and nothing gets through. */
  HALF_OPEN("half-open"),
  /** The disk with the gateway's data is full to the last byte, for a while. */
  DISK_FULL("disk-full"),
  /** The gateway's wall clock leaps, forwards or backwards, and comes back. */
  CLOCK_LEAP("clock-leaps"),
  /** A page of the journal's file is overwritten with noise while the gateway is down. */
  DAMAGE("damage");

  private final String option;

  Fault(String option) {
    this.option = option;
  }

  /** The name of its count, on the command line and in the verdict. */
  String option() {
    return option;
  }
}
