// Styles that a page needs only once a reader does something: beside the quiz's own, with which they
// leave the page.

import { make } from "./element.js";

/** Have a stylesheet of the widget, once. @param {string} name */
export function styled(name) {
  const href = new URL(name, import.meta.url).href;
  const own = document.querySelector('link[href$="/quiz.css"]');
  if (!document.querySelector(`link[href="${href}"]`))
    (own ?? document.head.lastElementChild)?.after(make("link", { rel: "stylesheet", href }));
}
