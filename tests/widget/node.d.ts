// As much of Node's own runner as these tests use; in a browser, harness/ stands in its place.

declare module "node:test" {
  export function test(name: string, run: () => void): void;
}

declare module "node:assert/strict" {
  const assert: {
    ok(value: unknown): asserts value;
    equal(actual: unknown, expected: unknown): void;
    deepEqual(actual: unknown, expected: unknown): void;
    throws(run: () => unknown, message: RegExp): void;
  };
  export default assert;
}
