/**
 * Modbus on a line: frames, checksums, time-outs, and one bus shared by several devices. Source:
 * MODBUS over Serial Line V1.02, MODBUS Messaging on TCP/IP Implementation Guide V1.0b and MODBUS
 * Application Protocol V1.1b3 (modbus.org). Knows nothing of what registers mean.
 */
@NullMarked
package city.mycelium.driver.modbus.internal.wire;

import org.jspecify.annotations.NullMarked;
