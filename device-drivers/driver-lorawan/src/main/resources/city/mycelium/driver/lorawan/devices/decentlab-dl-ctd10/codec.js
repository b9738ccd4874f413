// Decentlab DL-CTD10: depth, temperature and conductivity of water.
// Decentlab's frame: version 2, device, a bit for each sensor that follows, the words of each, the battery if its bit is
// set. Words have 16 bits, the highest byte first.

var SENSORS = [
  {
    words: 4,
    fields: [
      { name: 'water_depth', label: 'Water depth', unit: 'mm', of: function (x) { return x[0] - 32768; } },
      { name: 'temperature', label: 'Temperature', unit: '°C', of: function (x) { return (x[1] - 32768) / 10; } },
      {
        name: 'electrical_conductivity', label: 'Electrical conductivity', unit: 'µS⋅cm⁻¹',
        of: function (x) { return x[2]; }
      },
      { name: 'freezing_flag', label: 'Freezing flag', of: function (x) { return x[3]; } }
    ]
  },
  {
    words: 1,
    fields: [{ name: 'battery_voltage', label: 'Battery voltage', unit: 'V', of: function (x) { return x[0] / 1000; } }]
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
