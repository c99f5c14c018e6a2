// What is due stands in the header of every page: a link to the review with its count. It reads what
// the quiz keeps, and loads nothing of the quiz.

{
  const root = new URL("..", document.currentScript.src);
  const key = `unrolled:${root.pathname}`;

  function due() {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      const now = Date.now();
      return kept.v === 1 ? Object.values(kept.items).filter((one) => one?.due <= now).length : 0;
    } catch {
      return 0;
    }
  }

  function show() {
    const count = due();
    const there = document.querySelector(".md-header .due");
    const review = document.querySelector(".md-nav--primary a[href$='review/'], .md-tabs a[href$='review/']");
    if (!count || !(there || review)) return there?.remove();
    const link = there ?? document.createElement("a");
    link.className = "due";
    if (review) link.href = review.href;
    link.textContent = `${count} due`;
    link.title = "What comes back in the review today";
    if (!there) document.querySelector(".md-header__title")?.after(link);
  }

  for (const event of ["DOMContentLoaded", "visibilitychange"]) document.addEventListener(event, show);
  for (const event of ["storage", "quiz-kept"]) addEventListener(event, show);
}
