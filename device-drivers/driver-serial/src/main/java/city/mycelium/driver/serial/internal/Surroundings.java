package city.mycelium.driver.serial.internal;

import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.driver.SerialLines;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.TimeSignals;

/**
 * What the gateway is to a device on a serial port.
 *
 * @param lines where ports are opened
 * @param intake where Readings go
 * @param signals where the time goes that a device tells
 * @param tap where the raw bytes are shown
 * @param claims which ports are spoken for
 */
public record Surroundings(
    SerialLines lines,
    Intake intake,
    Clock clock,
    TimeSignals signals,
    FrameTap tap,
    PortClaims claims) {}
