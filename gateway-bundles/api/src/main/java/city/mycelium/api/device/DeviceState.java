package city.mycelium.api.device;

/** How a device is, from the point of view of whoever has to mend it. */
public enum DeviceState {
  /** Nothing is known yet. */
  STARTING,
  /** It gives results. */
  OK,
  /** It works, but its results are not to be taken yet. */
  WARMING_UP,
  /** What the configuration says of it cannot be: somebody has to change that. */
  CONFIG,
  /** It does not answer, or its port or bus is not there. */
  UNREACHABLE,
  /** It answers, but what it says fails the checks that it offers itself: a CRC, a status bit. */
  CORRUPT,
  /** It answers, but with nothing new. */
  STALE,
  /** Its driver failed: a defect in the program, to be reported. */
  FAILED,
  /** Its driver does not come back from a call. The others go on. */
  HANGING,
  /** It gives results, but the gateway cannot keep them now. */
  STUCK,
  /** The same, for so long that the oldest of what waits is given up. */
  LOSING,
  /** It gives results, but the gateway does not want them. */
  REFUSED;

  /** Whether a technician has nothing to do. */
  public boolean isWell() {
    return this == OK || this == STARTING || this == WARMING_UP;
  }
}
