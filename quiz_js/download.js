// Giving a reader a file that this page made.

import { make } from "./element.js";

/**
 * Have the browser download a text.
 * @param {string} name of the file
 * @param {string} text
 * @param {string} type as of a Blob
 */
export function download(name, text, type) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}
