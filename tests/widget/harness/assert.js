// What stands in a browser for Node's strict assertions, as far as the tests use them.

/** @param {unknown} value */
const text = (value) => JSON.stringify(value) ?? String(value);

/** @param {boolean} holds @param {string} words */
function state(holds, words) {
  if (!holds) throw new Error(words);
}

/** @param {unknown} a @param {unknown} b @returns {boolean} */
function same(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const [own, others] = [Reflect.ownKeys(a), Reflect.ownKeys(b)];
  return (
    own.length === others.length &&
    own.every((key) => Object.hasOwn(b, key) && same(Reflect.get(a, key), Reflect.get(b, key)))
  );
}

export default {
  /** @param {unknown} value */
  ok: (value) => state(Boolean(value), `${text(value)} is not true`),

  /** @param {unknown} actual @param {unknown} expected */
  equal: (actual, expected) =>
    state(Object.is(actual, expected), `${text(actual)}, expected ${text(expected)}`),

  /** @param {unknown} actual @param {unknown} expected */
  deepEqual: (actual, expected) =>
    state(same(actual, expected), `${text(actual)}, expected ${text(expected)}`),

  /** @param {() => unknown} run @param {RegExp} message */
  throws(run, message) {
    let said = "nothing was thrown";
    try {
      run();
    } catch (error) {
      said = String(error);
    }
    state(message.test(said), `${said}, expected ${message}`);
  }
};
