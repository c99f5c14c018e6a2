// What readers paste into the search is code and messages: none of its signs is an operator. The
// theme's search runs in a worker, which gets each query as a message of this type.

const QUERY = 2;
const send = Worker.prototype.postMessage;

Worker.prototype.postMessage = function (message, ...rest) {
  if (message?.type === QUERY && typeof message.data === "string") {
    const plain = message.data.replace(/[^\p{L}\p{M}\p{N}_.]+/gu, " ").trim();
    return send.call(this, { ...message, data: plain }, ...rest);
  }
  return send.call(this, message, ...rest);
};
