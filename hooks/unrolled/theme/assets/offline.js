// Has the browser keep the site, so that it works without a network after one visit: `worker.js`
// at the site's top does it. Loaded by every page; where the browser has no such thing, nothing
// happens.
{
  const here = document.currentScript;
  const keep = () =>
    navigator.serviceWorker
      .register(new URL("../worker.js", here.src))
      .catch(() => undefined);
  // The page comes first: the rest of the site is fetched when it has loaded.
  if ("serviceWorker" in navigator && location.protocol.startsWith("http"))
    if (document.readyState === "complete") keep();
    else addEventListener("load", () => setTimeout(keep, 1000), { once: true });
}
