package city.mycelium.bench.dialects;

/** What the tenth Destination is like, beside nine that are well. */
enum Tenth {
  /** There are only nine. */
  NONE,
  /** As the others. */
  HEALTHY,
  /** A broker that accepts the connection and never greets. */
  NEVER_GREETS,
  /** A broker that greets, takes what comes and never answers. */
  NEVER_CONFIRMS,
  /** An HTTP server that reads requests and never answers one. */
  NEVER_RESPONDS;

  boolean hangs() {
    return this != NONE && this != HEALTHY;
  }
}
