// Opened from the file system, a browser starts no workers. Material's search is one: it runs in a
// frame of its own instead, which hears and says the same.
if (location.protocol === "file:")
  globalThis.Worker = class extends EventTarget {
    constructor(address) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      frame.title = "Search";
      document.body.append(frame);
      this.frame = frame.contentWindow;
      this.frame.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      this.frame.importScripts = () => Promise.resolve();
      const script = frame.contentDocument.createElement("script");
      script.src = address;
      this.ready = new Promise((done) => script.addEventListener("load", done));
      frame.contentDocument.body.append(script);
    }

    postMessage(data) {
      this.ready.then(() => this.frame.dispatchEvent(new MessageEvent("message", { data })));
    }
  };

// Nor can a page read another. Each page with questions or cards is there as a script too, which
// hands it over; the review asks for them.
if (location.protocol === "file:") {
  const read = globalThis.fetch.bind(globalThis);
  const pages = (globalThis.unrolledPages = {});
  globalThis.fetch = async (asked, ...rest) => {
    const address = new URL(String(asked.url ?? asked), document.baseURI);
    if (!address.pathname.endsWith(".html")) return read(asked, ...rest);
    const script = document.createElement("script");
    script.src = `${address.href.replace(/[?#].*$/s, "")}.js`;
    await new Promise((done, failed) => {
      script.addEventListener("load", done);
      script.addEventListener("error", () => failed(new TypeError(`no ${script.src}`)));
      document.head.append(script);
    });
    script.remove();
    return new Response(pages.last, { headers: { "Content-Type": "text/html" } });
  };
}
