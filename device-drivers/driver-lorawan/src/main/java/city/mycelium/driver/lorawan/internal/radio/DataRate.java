package city.mycelium.driver.lorawan.internal.radio;

/** How a frame is modulated. */
public sealed interface DataRate {

  /**
   * LoRa.
   *
   * @param spreadingFactor 5 to 12
   * @param bandwidthKhz kHz: 125, 250 or 500
   */
  record Lora(int spreadingFactor, int bandwidthKhz) implements DataRate {

    public Lora {
      if (spreadingFactor < 5 || spreadingFactor > 12) {
        throw new IllegalArgumentException("no LoRa has spreading factor " + spreadingFactor);
      }
      if (bandwidthKhz != 125 && bandwidthKhz != 250 && bandwidthKhz != 500) {
        throw new IllegalArgumentException("no LoRaWAN channel is " + bandwidthKhz + " kHz wide");
      }
    }

    /** As packet forwarders write it: {@code SF7BW125}. */
    @Override
    public String toString() {
      return "SF" + spreadingFactor + "BW" + bandwidthKhz;
    }
  }

  /**
   * FSK.
   *
   * @param bitsPerSecond 50000 in EU868
   */
  record Fsk(int bitsPerSecond) implements DataRate {

    public Fsk {
      if (bitsPerSecond < 1) {
        throw new IllegalArgumentException("FSK needs a positive bit rate, not " + bitsPerSecond);
      }
    }
  }
}
