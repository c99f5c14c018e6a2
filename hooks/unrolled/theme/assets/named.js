// An address may name a part that a page no longer has: a heading that was renamed, a question that
// is gone. The page opens as without it, and says so.

{
  const CLASS = "unnamed";
  /** Of the theme's own making, and a tool's settings. */
  const OTHERS = /^__|=/;

  function show() {
    document.querySelector(`.${CLASS}`)?.remove();
    let name = location.hash.slice(1);
    try {
      name = decodeURIComponent(name);
    } catch {
      // It is shown as it stands.
    }
    if (!name || OTHERS.test(name) || document.getElementById(name)) return;
    const said = document.createElement("p");
    said.className = CLASS;
    said.setAttribute("role", "status");
    document.querySelector("article, main")?.prepend(said);
    // What stands in a status from its beginning is not announced.
    setTimeout(() => (said.textContent = `Nothing on this page is called “${name}”, as its address asks: the page is shown as without it.`));
  }

  addEventListener("hashchange", show);
  // The theme's instant navigation brings another page without loading it.
  if (globalThis.document$) globalThis.document$.subscribe(show);
  else document.addEventListener("DOMContentLoaded", show);
}
