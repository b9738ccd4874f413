// Cayenne Low Power Payload: channel, type, value, again and again. The types are the numbers of IPSO objects less 3200;
// those from 100 to 142 that Cayenne itself does not have are of the widely used extension. Fields are named by type and
// channel.

var TYPES = {
  0: { name: 'digital_in', size: 1 },
  1: { name: 'digital_out', size: 1 },
  2: { name: 'analog_in', size: 2, signed: true, divisor: 100 },
  3: { name: 'analog_out', size: 2, signed: true, divisor: 100 },
  100: { name: 'generic', size: 4 },
  101: { name: 'luminosity', size: 2 },
  102: { name: 'presence', size: 1 },
  103: { name: 'temperature', size: 2, signed: true, divisor: 10 },
  104: { name: 'relative_humidity', size: 1, divisor: 2 },
  113: { name: 'accelerometer', size: 2, signed: true, divisor: 1000, parts: ['x', 'y', 'z'] },
  115: { name: 'barometric_pressure', size: 2, divisor: 10 },
  116: { name: 'voltage', size: 2, divisor: 100 },
  117: { name: 'current', size: 2, divisor: 1000 },
  118: { name: 'frequency', size: 4 },
  120: { name: 'percentage', size: 1 },
  121: { name: 'altitude', size: 2, signed: true },
  125: { name: 'concentration', size: 2 },
  128: { name: 'power', size: 2 },
  130: { name: 'distance', size: 4, divisor: 1000 },
  131: { name: 'energy', size: 4, divisor: 1000 },
  132: { name: 'direction', size: 2 },
  133: { name: 'unixtime', size: 4 },
  134: { name: 'gyrometer', size: 2, signed: true, divisor: 100, parts: ['x', 'y', 'z'] },
  135: { name: 'colour', size: 1, parts: ['r', 'g', 'b'] },
  136: {
    name: 'gps', size: 3, signed: true, parts: ['latitude', 'longitude', 'altitude'], divisors: [10000, 10000, 100]
  },
  142: { name: 'switch', size: 1 }
};

function decodeUplink(input) {
  var bytes = input.bytes;
  var data = {};
  var at = 0;
  if (bytes.length === 0) {
    return { errors: ['the payload is empty'] };
  }
  while (at < bytes.length) {
    var type = TYPES[bytes[at + 1]];
    if (!type) {
      return { errors: ['byte ' + (at + 1) + ' is no type of this format'] };
    }
    var name = type.name + '_' + bytes[at];
    var parts = type.parts || [''];
    at += 2;
    if (at + parts.length * type.size > bytes.length) {
      return { errors: ['the payload is too short'] };
    }
    var values = {};
    for (var i = 0; i < parts.length; i++, at += type.size) {
      values[parts[i]] = number(bytes, at, type) / (type.divisors ? type.divisors[i] : type.divisor || 1);
    }
    data[name] = type.parts ? values : values[''];
  }
  return { data: data };
}

function number(bytes, at, type) {
  var value = 0;
  for (var i = 0; i < type.size; i++) {
    value = value * 256 + bytes[at + i];
  }
  var limit = Math.pow(2, 8 * type.size - 1);
  return type.signed && value >= limit ? value - 2 * limit : value;
}
