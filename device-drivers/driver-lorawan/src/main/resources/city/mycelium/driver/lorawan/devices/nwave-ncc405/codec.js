// Nwave NCC405 vehicle counter. Port 1: the count, port 2: once a day, port 3: after a start.

function decodeUplink(input) {
  var bytes = input.bytes;
  switch (input.fPort) {
    case 1:
      return bytes.length < 2 ? tooShort()
        : { data: { type: 'counter_update', counter_value: bytes[0] * 256 + bytes[1] } };
    case 2:
      return bytes.length < 3 ? tooShort() : {
        data: {
          type: 'heartbeat',
          hw_health_status: bytes[0] >> 3,
          battery_voltage: voltage(bytes[1]),
          battery_voltage_mean_24h: voltage(bytes[2])
        }
      };
    case 3:
      return bytes.length < 4 ? tooShort() : {
        data: {
          type: 'startup',
          firmware_version: bytes[0] + '.' + bytes[1] + '.' + bytes[2],
          reset_cause: bytes[3] === 2 ? 'power_on' : 'cause_' + bytes[3]
        }
      };
    default:
      return { errors: ['nothing is known of port ' + input.fPort] };
  }
}

// Steps of 4 mV from 2.5 V.
function voltage(steps) {
  return (2500 + 4 * steps) / 1000;
}

function tooShort() {
  return { errors: ['the payload is too short'] };
}
