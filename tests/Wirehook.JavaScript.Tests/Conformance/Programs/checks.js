// What the conformance programs state their expectations with. Failures are collected, so one run shows all of them.
var checks = (function () {
  var failures = [];
  var count = 0;

  function show(value) {
    if (typeof value === "string") return '"' + value + '"';
    if (value === 0 && 1 / value < 0) return "-0";
    try {
      return String(value);
    } catch (e) {
      return "[" + typeof value + "]";
    }
  }

  function identical(a, b) {
    return a === b ? a !== 0 || 1 / a === 1 / b : a !== a && b !== b;
  }

  return {
    same: function (actual, expected, what) {
      count++;
      if (!identical(actual, expected)) failures.push(what + ": " + show(actual) + " instead of " + show(expected));
    },
    fails: function (type, code, what) {
      count++;
      try {
        typeof code === "function" ? code() : (0, eval)(code);
      } catch (e) {
        if (!(e instanceof type)) failures.push(what + ": threw " + show(e) + " instead of a " + type.name);
        return;
      }
      failures.push(what + ": did not throw a " + type.name);
    },
    report: function () {
      return count === 0 ? "no checks ran" : failures.join("\n");
    },
  };
})();

// same(actual, expected, what): both are the same value; NaN equals itself, the two zeros differ.
var same = checks.same;

// list(actual, expected, what): the elements, joined, are the expected text.
var list = function (actual, expected, what) {
  same(Array.prototype.join.call(actual, "|"), expected, what);
};

// fails(type, code, what): the function or source text throws an error of the type.
var fails = checks.fails;

// attributes(object, name, "wec", what): the property is writable, enumerable, configurable as the letters say, in that order.
var attributes = function (object, name, expected, what) {
  var d = Object.getOwnPropertyDescriptor(object, name);
  same(d && (d.writable ? "w" : "-") + (d.enumerable ? "e" : "-") + (d.configurable ? "c" : "-"), expected, what);
};
