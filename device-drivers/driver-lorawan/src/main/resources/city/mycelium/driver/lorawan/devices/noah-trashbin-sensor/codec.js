// Noah trash bin sensor: how much of the bin is left, in percent, and its temperature, each as the 16 bit float of the
// LMIC library (sign, 4 bits of exponent, 11 of fraction; at most 1) times 100; the battery as the raw reading.

function decodeUplink(input) {
  var bytes = input.bytes;
  if (bytes.length < 6) {
    return { errors: ['the payload is too short'] };
  }
  return {
    data: {
      level: float16(bytes[4], bytes[5]) * 100,
      temp: float16(bytes[0], bytes[1]) * 100,
      voltage: bytes[2] + bytes[3] * 256
    }
  };
}

function float16(low, high) {
  var bits = low + high * 256;
  var value = (bits & 0x7ff) / 2048 * Math.pow(2, (bits >> 11 & 0x0f) - 15);
  return bits & 0x8000 ? -value : value;
}
