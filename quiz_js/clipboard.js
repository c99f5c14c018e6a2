// The clipboard. Browsers have none where a page is neither local nor encrypted, and may refuse.

/** Copy a text. @param {string} text @returns {Promise<boolean>} whether the browser let us */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
