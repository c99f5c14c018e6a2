// What stands in a browser for Node's own runner: tests register themselves, and run one by one.

/** @type {{name: string, run: () => void}[]} */
const tests = [];

/** @param {string} name @param {() => void} run */
export function test(name, run) {
  tests.push({ name, run });
}

/**
 * Run all tests that were registered.
 * @returns {{name: string, fault: string}[]} each, and what is wrong with it: nothing when it passed
 */
export const results = () =>
  tests.map(({ name, run }) => {
    try {
      run();
      return { name, fault: "" };
    } catch (error) {
      return { name, fault: String(error) };
    }
  });
