// Says that the connection is lost, or that the session has ended; Solara's own dialogs stand in words of another Vuetify.
// A page that gets no session because the last place is gone goes back to the door, which says so.
(() => {
  const SECONDS_UNTIL_SAID = 3;
  const SECONDS_BETWEEN_KNOCKS = 8;
  let secondsWithout = 0;
  const notice = document.getElementById("alliance-notice");
  const show = (name) => {
    notice.hidden = name === "";
    if (name === "" || notice.dataset.shown === name) return;
    notice.dataset.shown = name;
    for (const part of notice.children) part.hidden = part.dataset.about !== name;
  };
  const knock = async () => {
    const answer = await fetch(`${solara.rootPath}/health`).catch(() => null);
    const health = answer?.ok ? await answer.json() : null;
    if (health && !health.place) location.reload();
  };
  notice.querySelectorAll("button").forEach((button) => button.addEventListener("click", () => location.reload()));
  setInterval(() => {
    const known = typeof app === "undefined" ? null : app.$data;
    const isConnected = known?.connectionStatus === "connected";
    secondsWithout = isConnected ? 0 : secondsWithout + 1;
    if (known?.needsRefresh) show("ended");
    else show(known?.wasConnected && secondsWithout > SECONDS_UNTIL_SAID ? "lost" : "");
    if (!known?.wasConnected && secondsWithout % SECONDS_BETWEEN_KNOCKS === 0 && !document.hidden) knock();
  }, 1000);
})();
