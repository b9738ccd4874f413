package city.mycelium.api.journal;

/** How safe an append must be before its receipt completes. */
public enum Durability {
  /** On the medium: survives a power cut. Committed at once, with whatever else waits. */
  SYNCED,
  /**
   * Survives a kill of the process. May wait for others to share a commit, at most the journal's
   * group interval.
   */
  WRITTEN
}
