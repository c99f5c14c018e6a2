// Serves the site from the reader's device. The build writes FILES: each file's address below this
// one, with the SHA-256 of what is there. Files are kept under both, so that a new version of the
// site fetches what has changed and nothing else, and the old one works until the new one is whole.
const FILES = {};
const NAME = `unrolled ${registration.scope}`;
const AT_ONCE = 6;

const address = (path) => new URL(path, registration.scope).href;
const key = (path) => `${address(path)}?kept=${FILES[path]}`;

const digest = async (content) => {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

// Fails where the server gives another version than FILES says, as it may in the middle of an
// update: the browser tries again at the next visit.
const fetched = async (path) => {
  const response = await fetch(address(path), { cache: "no-cache" });
  const content = await response.arrayBuffer();
  if (!response.ok || !(await digest(content)).startsWith(FILES[path]))
    throw new Error(`${path} is not what this version of the site holds`);
  const type = response.headers.get("Content-Type") ?? "application/octet-stream";
  return new Response(content, { headers: { "Content-Type": type } });
};

const install = async () => {
  const cache = await caches.open(NAME);
  const kept = new Set((await cache.keys()).map((request) => request.url));
  const missing = Object.keys(FILES).filter((path) => !kept.has(key(path)));
  const take = async () => {
    for (let path = missing.shift(); path !== undefined; path = missing.shift())
      await cache.put(key(path), await fetched(path));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
};

const activate = async () => {
  const cache = await caches.open(NAME);
  const mine = new Set(Object.keys(FILES).map(key));
  for (const request of await cache.keys())
    if (!mine.has(request.url)) await cache.delete(request);
  await clients.claim();
};

const found = (url) => {
  const path = decodeURI(url.href.slice(registration.scope.length).replace(/[?#].*$/s, ""));
  return path.replace(/(^|\/)index\.html$/, "$1");
};

const kept = async (path) => (await caches.open(NAME)).match(key(path));

const answer = async (request) => {
  const path = found(new URL(request.url));
  if (Object.hasOwn(FILES, path)) return (await kept(path)) ?? fetch(request);
  if (Object.hasOwn(FILES, `${path}/`)) return Response.redirect(address(`${path}/`), 301);
  try {
    return await fetch(request);
  } catch (error) {
    const page = request.mode === "navigate" && (await kept("404.html"));
    if (page) return new Response(page.body, { status: 404, headers: page.headers });
    throw error;
  }
};

// A new version that is whole takes over when a reader goes to a page and has no other open.
const visited = async (request) => {
  const open = await clients.matchAll();
  if (registration.waiting && open.length < 2) {
    registration.waiting.postMessage("take over");
    return new Response("", { headers: { Refresh: "0", "Content-Type": "text/html" } });
  }
  return answer(request);
};

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", ({ data }) => data === "take over" && skipWaiting());
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  event.respondWith(request.mode === "navigate" ? visited(request) : answer(request));
});
