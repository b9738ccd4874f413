// Tekzitel TekziPark parking sensor: flags, temperature, the number of the event; then, if it hears any, the strength and
// the numbers of beacons.

function decodeUplink(input) {
  var bytes = input.bytes;
  if (bytes.length < 3) {
    return { errors: ['the payload is too short'] };
  }
  var flags = bytes[0];
  var data = {
    occupied: flags >> 7 & 1,
    keepAlive: flags & 1,
    reset: flags >> 1 & 1,
    No_Beacon: flags >> 2 & 1,
    Radar: flags >> 3 & 1,
    Obstruction: flags >> 4 & 1,
    Good_Battery: flags >> 5 & 1,
    Temperature: signed(bytes[1]),
    Parking_ID: bytes[2]
  };
  if (bytes.length > 3) {
    data.Beacon_RSSI = signed(bytes[3]);
    data.Beacons = [];
    for (var i = 4; i + 1 < bytes.length; i += 2) {
      data.Beacons.push(bytes[i] * 256 + bytes[i + 1]);
    }
  }
  return { data: data };
}

function signed(byte) {
  return byte > 127 ? byte - 256 : byte;
}
