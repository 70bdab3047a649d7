// The two words every part of the page uses: find an element, tell the server.

export const find = (selector) => document.querySelector(selector);

/** Tell the server; its handlers are subscribed under these names. */
export function tell(event, detail = {}) {
  emitEvent(event, detail);
}
