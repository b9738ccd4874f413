// Teneo IoT filling degree sensor: battery, distance to what is in the bin, status, and with some versions temperature and
// humidity.

function decodeUplink(input) {
  var bytes = input.bytes;
  if (bytes.length < 3) {
    return { errors: ['the payload is too short'] };
  }
  var warnings = [];
  if (bytes[0] & 0xf0) { // no public example has any of them
    warnings.push('the flags ' + (bytes[0] >> 4) + ' beside the battery are not described');
  }
  var error = bytes.length > 3 ? bytes[3] : 0;
  var data = {
    battery: (20 + (bytes[0] & 0x0f)) / 10,
    charging: false,
    sensorType: 'fillrate',
    settingsAllowed: true,
    distance: bytes[1] * 256 + bytes[2],
    valid: error === 0
  };
  if (error !== 0) {
    data.errorcode = error;
  }
  if (bytes.length >= 8) {
    var temperature = bytes[4] * 256 + bytes[5];
    data.temperature = (temperature > 0x7fff ? temperature - 0x10000 : temperature) / 100;
    data.relativeHumidity = (bytes[6] * 256 + bytes[7]) / 100;
  }
  return warnings.length > 0 ? { data: data, warnings: warnings } : { data: data };
}
