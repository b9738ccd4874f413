// What codecs find besides ECMAScript: a console that says nothing, base 64, as much of node's Buffer as payload codecs
// use, and a module to export to. Evaluated once into the standard objects.
(function (global) {
  'use strict';

  function hide(object, name, value) {
    Object.defineProperty(object, name, { value: value, writable: true, configurable: true, enumerable: false });
  }

  // In the place of the engine's own, which asks nobody whether the object may be changed.
  Object.defineProperty(Object.prototype, '__proto__', {
    get: function () { return Object.getPrototypeOf(this); },
    set: function (value) {
      if (value === null || typeof value === 'object' || typeof value === 'function') {
        Object.setPrototypeOf(this, value);
      }
    },
    configurable: true,
    enumerable: false
  });

  // As a server in en-US gives them, whatever is asked for: the engine's own take the name of a language for a radix.
  hide(Number.prototype, 'toLocaleString', function toLocaleString(locales, options) {
    var value = Number(this);
    if (!isFinite(value)) {
      return isNaN(value) ? 'NaN' : value < 0 ? '-∞' : '∞';
    }
    var least = options && options.minimumFractionDigits || 0;
    var most = options && options.maximumFractionDigits !== undefined ? options.maximumFractionDigits : Math.max(least, 3);
    var parts = Math.abs(value).toFixed(most).split('.');
    var fraction = parts[1] || '';
    while (fraction.length > least && fraction.charAt(fraction.length - 1) === '0') {
      fraction = fraction.slice(0, -1);
    }
    var whole = '';
    for (var rest = parts[0]; rest; rest = rest.slice(0, -3)) {
      whole = rest.slice(-3) + (whole ? ',' : '') + whole;
    }
    return (value < 0 ? '-' : '') + whole + (fraction ? '.' + fraction : '');
  });

  function two(number) { return (number < 10 ? '0' : '') + number; }

  hide(Date.prototype, 'toLocaleDateString', function toLocaleDateString() {
    return isNaN(this) ? 'Invalid Date' : (this.getMonth() + 1) + '/' + this.getDate() + '/' + this.getFullYear();
  });
  hide(Date.prototype, 'toLocaleTimeString', function toLocaleTimeString() {
    var hours = this.getHours();
    return isNaN(this) ? 'Invalid Date'
      : (hours % 12 || 12) + ':' + two(this.getMinutes()) + ':' + two(this.getSeconds()) + (hours < 12 ? ' AM' : ' PM');
  });
  hide(Date.prototype, 'toLocaleString', function toLocaleString() {
    return isNaN(this) ? 'Invalid Date' : this.toLocaleDateString() + ', ' + this.toLocaleTimeString();
  });

  var console = {};
  ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table', 'assert', 'group', 'groupEnd', 'time', 'timeEnd']
    .forEach(function (name) { console[name] = function () {}; });
  hide(global, 'console', console);

  var DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

  function fromBase64(text) {
    var clean = String(text).replace(/-/g, '+').replace(/_/g, '/').replace(/[\s=]/g, '');
    var bytes = [];
    var bits = 0;
    var held = 0;
    for (var i = 0; i < clean.length; i++) {
      var digit = DIGITS.indexOf(clean.charAt(i));
      if (digit < 0) {
        throw new Error('no base 64: ' + clean.charAt(i));
      }
      bits = (bits << 6 | digit) & 0xffff;
      held += 6;
      if (held >= 8) {
        held -= 8;
        bytes.push(bits >> held & 0xff);
      }
    }
    return bytes;
  }

  function toBase64(bytes) {
    var text = '';
    for (var i = 0; i < bytes.length; i += 3) {
      var left = bytes.length - i;
      var bits = bytes[i] << 16 | (left > 1 ? bytes[i + 1] << 8 : 0) | (left > 2 ? bytes[i + 2] : 0);
      text += DIGITS.charAt(bits >> 18 & 63) + DIGITS.charAt(bits >> 12 & 63)
        + (left > 1 ? DIGITS.charAt(bits >> 6 & 63) : '=') + (left > 2 ? DIGITS.charAt(bits & 63) : '=');
    }
    return text;
  }

  function toLatin1(bytes) {
    var text = '';
    for (var i = 0; i < bytes.length; i++) {
      text += String.fromCharCode(bytes[i]);
    }
    return text;
  }

  function fromLatin1(text) {
    var bytes = [];
    for (var i = 0; i < text.length; i++) {
      bytes.push(text.charCodeAt(i) & 0xff);
    }
    return bytes;
  }

  hide(global, 'atob', function atob(text) { return toLatin1(fromBase64(text)); });
  hide(global, 'btoa', function btoa(text) { return toBase64(fromLatin1(String(text))); });

  function toUtf8(bytes) {
    var escaped = '';
    for (var i = 0; i < bytes.length; i++) {
      escaped += '%' + (bytes[i] < 16 ? '0' : '') + bytes[i].toString(16);
    }
    try {
      return decodeURIComponent(escaped);
    } catch (e) { // not all of it is UTF-8
      return toLatin1(bytes);
    }
  }

  function fromUtf8(text) { return fromLatin1(unescape(encodeURIComponent(text))); }

  function fromHex(text) {
    var bytes = [];
    for (var i = 0; i + 1 < text.length; i += 2) {
      var byte = parseInt(text.substr(i, 2), 16);
      if (isNaN(byte)) {
        break;
      }
      bytes.push(byte);
    }
    return bytes;
  }

  // A Buffer is a Uint8Array with methods of its own.
  function wrap(bytes) {
    var buffer = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
    Object.setPrototypeOf(buffer, Buffer.prototype);
    return buffer;
  }

  function Buffer(source, encoding) { return Buffer.from(source, encoding); }

  Buffer.from = function (source, encoding) {
    if (typeof source !== 'string') {
      return wrap(Array.prototype.slice.call(source));
    }
    switch (String(encoding || 'utf8').toLowerCase()) {
      case 'hex': return wrap(fromHex(source));
      case 'base64': case 'base64url': return wrap(fromBase64(source));
      case 'ascii': case 'latin1': case 'binary': return wrap(fromLatin1(source));
      default: return wrap(fromUtf8(source));
    }
  };
  Buffer.alloc = function (size, value) {
    var bytes = [];
    for (var i = 0; i < size; i++) {
      bytes.push(value || 0);
    }
    return wrap(bytes);
  };
  Buffer.isBuffer = function (value) { return value instanceof Buffer; };
  Buffer.concat = function (list) {
    var bytes = [];
    list.forEach(function (part) {
      for (var i = 0; i < part.length; i++) {
        bytes.push(part[i]);
      }
    });
    return wrap(bytes);
  };

  Buffer.prototype = Object.create(Uint8Array.prototype);
  var methods = {
    constructor: Buffer,
    toString: function (encoding, from, to) {
      var bytes = Array.prototype.slice.call(this, from || 0, to === undefined ? this.length : to);
      switch (String(encoding || 'utf8').toLowerCase()) {
        case 'hex':
          return bytes.map(function (byte) { return (byte < 16 ? '0' : '') + byte.toString(16); }).join('');
        case 'base64': return toBase64(bytes);
        case 'ascii': case 'latin1': case 'binary': return toLatin1(bytes);
        default: return toUtf8(bytes);
      }
    },
    toJSON: function () { return { type: 'Buffer', data: Array.prototype.slice.call(this) }; },
    slice: function (from, to) { return wrap(this.subarray(from, to)); },
    readUIntBE: function (offset, size) {
      var value = 0;
      for (var i = 0; i < size; i++) {
        value = value * 256 + this.at_(offset + i);
      }
      return value;
    },
    readUIntLE: function (offset, size) {
      var value = 0;
      for (var i = size - 1; i >= 0; i--) {
        value = value * 256 + this.at_(offset + i);
      }
      return value;
    },
    readIntBE: function (offset, size) { return signed(this.readUIntBE(offset, size), size); },
    readIntLE: function (offset, size) { return signed(this.readUIntLE(offset, size), size); },
    at_: function (offset) {
      if (!(offset >= 0 && offset < this.length)) {
        throw new RangeError('offset ' + offset + ' is outside of the buffer of ' + this.length + ' bytes');
      }
      return this[offset];
    }
  };

  function signed(value, size) {
    var limit = Math.pow(2, 8 * size - 1);
    return value >= limit ? value - 2 * limit : value;
  }

  function reader(read, size) { return function (offset) { return this[read](offset || 0, size); }; }

  [1, 2, 4].forEach(function (size) {
    var bits = 8 * size;
    ['BE', 'LE'].forEach(function (order) {
      var end = size === 1 ? '' : order;
      methods['readUInt' + bits + end] = methods['readUint' + bits + end] = reader('readUInt' + order, size);
      methods['readInt' + bits + end] = reader('readInt' + order, size);
    });
  });

  function float(get, size, little) {
    return function (offset) {
      var view = new DataView(new ArrayBuffer(size));
      for (var i = 0; i < size; i++) {
        view.setUint8(i, this.at_((offset || 0) + i));
      }
      return view[get](0, little);
    };
  }

  methods.readFloatBE = float('getFloat32', 4, false);
  methods.readFloatLE = float('getFloat32', 4, true);
  methods.readDoubleBE = float('getFloat64', 8, false);
  methods.readDoubleLE = float('getFloat64', 8, true);
  Object.keys(methods).forEach(function (name) { hide(Buffer.prototype, name, methods[name]); });
  hide(global, 'Buffer', Buffer);

  // What no name leads to, for whoever seals all of it: prototypes of iterators and generators, and members named by
  // symbols.
  var hidden = [];
  function proto(object) { return Object.getPrototypeOf(object); }
  function add(object) {
    if (object && (typeof object === 'object' || typeof object === 'function') && hidden.indexOf(object) < 0) {
      hidden.push(object);
      Object.getOwnPropertySymbols(object).forEach(function (symbol) {
        try {
          add(object[symbol]);
        } catch (e) { // a getter that wants an instance
        }
      });
    }
  }
  function addAll(object) {
    for (var o = object; o; o = proto(o)) {
      add(o);
    }
  }
  var generator = function* () {};
  addAll(generator);
  addAll(generator());
  [[][Symbol.iterator](), ''[Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator]()].forEach(addAll);
  if (''.matchAll) {
    addAll('a'.matchAll(/a/g));
  }
  ['Array', 'String', 'RegExp', 'Map', 'Set', 'Promise', 'Symbol', 'Date', 'Function', 'Uint8Array'].forEach(function (name) {
    addAll(global[name]);
    addAll(global[name].prototype);
  });
  return hidden;
})(this);
