// Bosch TPS110 parking sensor. Port 1: the bay has changed; port 2: once a day; port 3: after a start.

var RESET_CAUSES = { 1: 'watchdog', 2: 'power on', 3: 'system request', 4: 'other' };

function decodeUplink(input) {
  var bytes = input.bytes;
  switch (input.fPort) {
    case 1:
      return bytes.length < 1 ? tooShort() : { data: { type: 'parking status', occupied: isOccupied(bytes[0]) } };
    case 2:
      if (bytes.length < 1) {
        return tooShort();
      }
      var heartbeat = { type: 'heartbeat', occupied: isOccupied(bytes[0]) };
      if (bytes.length > 1) { // the older of the two hardware versions sends no temperature
        heartbeat.temperature = bytes[1] > 127 ? bytes[1] - 256 : bytes[1];
      }
      return { data: heartbeat };
    case 3:
      return bytes.length < 17 ? tooShort() : { data: startup(bytes) };
    default:
      return { errors: ['nothing is known of port ' + input.fPort] };
  }
}

function isOccupied(flags) {
  return (flags & 1) === 1;
}

// 12 bytes of debug codes, 3 of firmware version, the cause of the reset, the state of the bay.
function startup(bytes) {
  var codes = [];
  for (var i = 0; i < 12; i += 4) {
    var code = bytes[i] + bytes[i + 1] * 256 + bytes[i + 2] * 65536 + bytes[i + 3] * 16777216;
    if (code !== 0) {
      codes.push(code);
    }
  }
  return {
    type: 'startup',
    debugCodes: codes,
    firmwareVersion: bytes[12] + '.' + bytes[13] + '.' + bytes[14],
    resetCause: RESET_CAUSES[bytes[15]] || 'unknown ' + bytes[15],
    occupied: isOccupied(bytes[16])
  };
}

function tooShort() {
  return { errors: ['the payload is too short'] };
}
