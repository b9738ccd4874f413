// Decentlab DL-PM: particulate matter, air temperature, humidity and pressure.
// Decentlab's frame: version 2, device, a bit for each sensor that follows, the words of each, the battery if its bit is
// set. Words have 16 bits, the highest byte first.

function mass(name, label, index) {
  return {
    name: name + '_mass_concentration', label: label + ' mass concentration', unit: 'µg⋅m⁻³',
    of: function (x) { return x[index] / 10; }
  };
}

function number(name, label, index) {
  return {
    name: name + '_number_concentration', label: label + ' number concentration',
    of: function (x) { return x[index] / 10; }
  };
}

var SENSORS = [
  {
    words: 1,
    fields: [{ name: 'battery_voltage', label: 'Battery voltage', unit: 'V', of: function (x) { return x[0] / 1000; } }]
  },
  {
    words: 10,
    fields: [
      mass('pm1_0', 'PM1.0', 0),
      mass('pm2_5', 'PM2.5', 1),
      mass('pm4', 'PM4', 2),
      mass('pm10', 'PM10', 3),
      { name: 'typical_particle_size', label: 'Typical particle size', unit: 'nm', of: function (x) { return x[4]; } },
      number('pm0_5', 'PM0.5', 5),
      number('pm1_0', 'PM1.0', 6),
      number('pm2_5', 'PM2.5', 7),
      number('pm4', 'PM4', 8),
      number('pm10', 'PM10', 9)
    ]
  },
  {
    words: 2,
    fields: [
      {
        name: 'air_temperature', label: 'Air temperature', unit: '°C',
        of: function (x) { return 175.72 * x[0] / 65536 - 46.85; }
      },
      { name: 'air_humidity', label: 'Air humidity', unit: '%', of: function (x) { return 125 * x[1] / 65536 - 6; } }
    ]
  },
  {
    words: 1,
    fields: [
      { name: 'barometric_pressure', label: 'Barometric pressure', unit: 'Pa', of: function (x) { return x[0] * 2; } }
    ]
  }
];

function decodeUplink(input) {
  var bytes = input.bytes;
  if (bytes.length < 5 || bytes.length % 2 === 0) {
    return { errors: ['the payload has a wrong length'] };
  }
  if (bytes[0] !== 2) {
    return { errors: ['version ' + bytes[0] + ' of the protocol is not known'] };
  }
  var words = [];
  for (var i = 1; i < bytes.length; i += 2) {
    words.push(bytes[i] * 256 + bytes[i + 1]);
  }
  var data = { protocol_version: 2, device_id: words[0] };
  var flags = words[1];
  var at = 2;
  for (var s = 0; s < SENSORS.length; s++, flags >>= 1) {
    if (flags & 1) {
      var sensor = SENSORS[s];
      if (at + sensor.words > words.length) {
        return { errors: ['the payload is too short'] };
      }
      var values = words.slice(at, at + sensor.words);
      at += sensor.words;
      sensor.fields.forEach(function (field) {
        var value = { displayName: field.label, value: field.of(values) };
        if (field.unit) {
          value.unit = field.unit;
        }
        data[field.name] = value;
      });
    }
  }
  return { data: data };
}
