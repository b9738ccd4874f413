// Parametric PCR2 radar counter of people and vehicles: application payload, version 4. Counts from left to right and from
// right to left: since the last uplink, and altogether. Battery and panel in mV.

function decodeUplink(input) {
  var bytes = input.bytes;
  if (bytes.length < 3 || bytes[0] !== 0xbe || bytes[1] !== 1) {
    return { errors: ['this is no payload of the device'] };
  }
  if (bytes[2] !== 4 || bytes.length !== 17) {
    return { errors: ['of this device only the application payload of version 4 is known'] };
  }
  var temperature = word(bytes, 15);
  return {
    data: {
      LTR: word(bytes, 3),
      RTL: word(bytes, 5),
      LTR_SUM: word(bytes, 7),
      RTL_SUM: word(bytes, 9),
      SBX_BATT: word(bytes, 11),
      SBX_PV: word(bytes, 13),
      TEMP: Math.floor((temperature > 0x7fff ? temperature - 0x10000 : temperature) / 10)
    }
  };
}

function word(bytes, at) {
  return bytes[at] * 256 + bytes[at + 1];
}
