package city.mycelium.driver.i2c.internal.chip.parking;

/** A magnetic field along the axes of its sensor, in uT. */
record Field(double x, double y, double z) {

  /** How strong what lies between this and another one is, in uT. */
  double distance(Field other) {
    return minus(other).length();
  }

  Field minus(Field other) {
    return new Field(x - other.x, y - other.y, z - other.z);
  }

  Field plus(Field other) {
    return new Field(x + other.x, y + other.y, z + other.z);
  }

  Field times(double factor) {
    return new Field(x * factor, y * factor, z * factor);
  }

  double length() {
    return Math.sqrt(x * x + y * y + z * z);
  }
}
