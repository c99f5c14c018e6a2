// Says that nothing is kept: once a visit, when a reader first does what would be. Loaded then.

import { button, make } from "./element.js";
import { styled } from "./styles.js";

export const UNKEPT =
  "Your browser keeps no progress for this site: what you do here works, and is forgotten when " +
  "you leave. What was kept before stays as it is.";

let told = false;

/** Say so above what the page is about, in sight until the reader closes it. */
export function tell() {
  if (told) return;
  told = true;
  styled("unkept.css");
  const status = make("p", { role: "status" });
  const held = /** @type {HTMLElement | null} */ (document.activeElement);
  const close = button("Close", () => {
    box.remove();
    held?.focus({ preventScroll: true });
  });
  const box = make("div", { class: "unkept" }, status, close);
  // Of "article, main" the outer would be the first, and text has no style there.
  const inside = document.querySelector("article") ?? document.querySelector("main");
  (inside ?? document.body).prepend(box);
  // What stands in a status from its beginning is not announced.
  setTimeout(() => (status.textContent = UNKEPT));
}
