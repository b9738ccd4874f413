// Comtac LPN TD-1 tracker (bins, tools, containers). Port 3: position, port 100: configuration. What no public example
// shows is given as the number that it is.

function decodeUplink(input) {
  var bytes = input.bytes;
  if (bytes.length < 4) {
    return { errors: ['the payload is too short'] };
  }
  try {
    if (input.fPort === 3) {
      return { data: position(bytes) };
    }
    if (input.fPort === 100) {
      return { data: configuration(bytes) };
    }
  } catch (e) {
    return { errors: [e.message] };
  }
  return { errors: ['nothing is known of port ' + input.fPort] };
}

function common(bytes, data) {
  data.batVoltage = Math.round(3000 + bytes[2] * 5) / 1000;
  data.temp = bytes[3] > 127 ? bytes[3] - 256 : bytes[3];
  return data;
}

function position(bytes) {
  var positions = { 0x00: 'NONE', 0xa0: 'GPS AND WIFI OK', 0x80: 'GPS OK', 0x20: 'WIFI OK' };
  var status = bytes[1] & 0xf0;
  var data = common(bytes, {
    posStatus: positions[status] || 'STATUS ' + (status >> 4),
    pingType: (bytes[1] & 0x0f) === 8 ? 'LONGRANGE' : 'TYPE ' + (bytes[1] & 0x0f)
  });
  var at = 4;
  while (at < bytes.length) {
    var block = bytes[at++];
    if (block === 1) { // satellites: latitude, longitude, error and count
      need(bytes, at + 9);
      data.gpsLat = int32(bytes, at) / 1e6;
      data.gpsLong = int32(bytes, at + 4) / 1e6;
      data.gpsEPE = bytes[at + 8] >> 4 === 15 ? '> 150 meters' : 'CODE ' + (bytes[at + 8] >> 4);
      data.gpsSAT = bytes[at + 8] & 0x0f;
      at += 9;
    } else if (block === 2) { // stations of wireless networks: count, then address and strength of each
      need(bytes, at + 1);
      var count = bytes[at++];
      need(bytes, at + 7 * count);
      for (var i = 1; i <= count; i++) {
        data['MAC' + i] = address(bytes, at);
        data['RSSI' + i] = -bytes[at + 6];
        at += 7;
      }
    } else {
      throw new Error('nothing is known of block ' + block);
    }
  }
  return data;
}

function configuration(bytes) {
  need(bytes, 14);
  var commands = { 2: '/CFG GET' };
  var data = common(bytes, { cfgStatus: commands[bytes[1]] || 'STATUS ' + bytes[1] });
  data.appMainVers = bytes[4];
  data.appMinorVers = bytes[5];
  data.pingInterval = bytes[6] * 256 + bytes[7];
  data.longRangeTrigger = bytes[8];
  data.midRangeTrigger = bytes[9];
  data.rejoinTrigger = bytes[10] * 256 + bytes[11];
  data.gpsFixes = bytes[12];
  data.minWIFIDetects = bytes[13];
  return data;
}

function need(bytes, length) {
  if (bytes.length < length) {
    throw new Error('the payload is too short');
  }
}

function int32(bytes, at) {
  return bytes[at] << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3];
}

function address(bytes, at) {
  return bytes.slice(at, at + 6).map(function (byte) { return (byte < 16 ? '0' : '') + byte.toString(16); }).join(':');
}
