/* The page at /s/<id>: copying, and what has changed since. Text only: nothing is ever made markup. */
(function () {
  "use strict";
  const said = document.getElementById("said");
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async function () {
      const field = document.getElementById(button.dataset.copy);
      const text = field ? field.value : window.location.href.split("#")[0];
      try {
        await navigator.clipboard.writeText(text);
        said.textContent = "Copied.";
      } catch (error) {
        if (field) field.select();
        said.textContent = field ? "Copy it from the marked field." : "Copy the link from the address bar.";
      }
    });
  }
  const place = document.getElementById("changes");
  const words = document.getElementById("changes-words");
  fetch(place.dataset.from)
    .then((answer) => answer.json())
    .then(function (found) {
      words.textContent = found.words || found.error;
      for (const row of found.lines || []) {
        const item = document.createElement("li");
        const kind = document.createElement("span");
        kind.className = "kind";
        kind.textContent = row[0];
        item.append(kind, row[1]);
        if (row[2]) {
          const differs = document.createElement("span");
          differs.className = "differs";
          differs.textContent = row[2];
          item.append(differs);
        }
        place.append(item);
      }
    })
    .catch(function () {
      words.textContent = "Today's data could not be asked. Reload the page to try again.";
    });
})();
