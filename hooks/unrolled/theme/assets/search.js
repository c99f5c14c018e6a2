// What readers paste into the search is code and messages: none of its signs is an operator. The
// theme's search runs in a worker, which gets each query as a message of this type.

const QUERY = 2;
const LOOKUP = new URL("quiz/lookup.js", document.currentScript.src);
/** What an error says, or more words than most people type. */
const MESSAGE = /[A-Z]\w*(?:Error|Exception|Warning)\b|(?:\S+\s+){3}\S/;
const ROW = ".search-finder";
const send = Worker.prototype.postMessage;

Worker.prototype.postMessage = function (message, ...rest) {
  if (message?.type === QUERY && typeof message.data === "string") {
    const plain = message.data.replace(/[^\p{L}\p{M}\p{N}_.]+/gu, " ").trim();
    return send.call(this, { ...message, data: plain }, ...rest);
  }
  return send.call(this, message, ...rest);
};

// The theme hears keys alone: what is pasted by mouse or touch presses none.
document.addEventListener("input", ({ target }) => {
  if (!target.matches?.(".md-search__input")) return;
  target.dispatchEvent(new KeyboardEvent("keyup"));
  // An error has its entry in the error finder: it is loaded where one is pasted, and else not.
  if (MESSAGE.test(target.value) || document.querySelector(ROW))
    import(LOOKUP).then(({ show }) => show(target.value), () => {});
});
