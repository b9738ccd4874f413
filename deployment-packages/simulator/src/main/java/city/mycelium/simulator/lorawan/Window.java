package city.mycelium.simulator.lorawan;

import city.mycelium.driver.lorawan.internal.radio.DataRate;
import java.time.Duration;

/**
 * When, where and how a device listens after it has spoken (LoRaWAN 1.0.3, 3.3).
 *
 * @param delay after the end of what it sent
 * @param frequencyHz Hz
 */
public record Window(Duration delay, long frequencyHz, DataRate dataRate) {}
