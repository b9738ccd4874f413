package city.mycelium.driver.serial.internal;

/** What can be wrong with a device, from an operator's point of view. */
enum Trouble {
  /** The port is not there, cannot be opened, or died. */
  UNREACHABLE,
  /** The port works, but no results come. */
  SILENT,
  /** Results come, but the gateway cannot keep them now. */
  STUCK,
  /** The same, for so long that the oldest of what waits is given up. */
  LOSING,
  /** Results come, but the gateway does not want them. */
  REFUSED
}
