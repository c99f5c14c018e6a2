// While the site is being written, nothing of it is kept: an earlier version that this address once
// served, and that the browser kept, is forgotten.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  const forget = async () => {
    await caches.delete(`unrolled ${registration.scope}`);
    await registration.unregister();
    for (const client of await clients.matchAll({ type: "window" })) client.navigate(client.url);
  };
  event.waitUntil(forget());
});
